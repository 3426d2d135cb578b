import Foundation
import TestSupport

/// Profiles of a small module with generics, inlined calls, growing slices and maps, written by one Go.
struct GoProfiles: Sendable {
    let go: String
    let module: GoModule

    /// What every Go that is tested with wrote, built once.
    private static let byGo = GoCommands.all.map { go in (go, Result { try GoProfiles(go) }) }

    static func of(_ go: String) throws -> GoProfiles {
        guard let found = byGo.first(where: { $0.0 == go }) else { throw Failure(description: "no \(go)") }
        return try found.1.get()
    }

    struct Failure: Error, CustomStringConvertible { let description: String }

    private init(_ go: String) throws {
        self.go = go
        module = try GoModule(["set/set.go": GoProfiles.set, "m.go": GoProfiles.work, "m_test.go": GoProfiles.test])
        try run(go, ["test", "-c", "-o", module.folder.path + "/m.test", "."])
        for iterations in [100, 1100] {
            try run(
                module.folder.path + "/m.test",
                [
                    "-test.run", "^$", "-test.bench", "Work", "-test.benchtime", "\(iterations)x", "-test.cpu", "1",
                    "-test.memprofilerate", "1", "-test.memprofile", path("heap\(iterations)"),
                ])
        }
        try run(
            module.folder.path + "/m.test",
            ["-test.run", "TestProfiles", "-test.memprofilerate", "1", "-test.cpu", "1"],
            ["PROFILES": module.folder.path])
    }

    /// The profile that `-test.memprofile` wrote for a run of 100 or 1100 iterations.
    func heap(iterations: Int) throws -> [UInt8] { try profile("heap\(iterations)") }

    /// The bytes of a profile: `goroutine` besides those of the runs.
    func profile(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// What `go tool pprof` prints about a profile.
    func pprof(_ name: String, _ options: String...) throws -> String {
        try run(go, ["tool", "pprof", "-symbolize=none"] + options + [path(name)])
    }

    /// The path of a file relative to the module; nil outside of it.
    func relative(_ file: String) -> String? {
        file.hasPrefix(module.root + "/") ? String(file.dropFirst(module.root.utf8.count + 1)) : nil
    }

    private func path(_ name: String) -> String { module.folder.path + "/" + name + ".pprof" }

    @discardableResult
    private func run(_ program: String, _ arguments: [String], _ variables: [String: String] = [:]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: module.root)
        let standard = ["GOPROXY": "off", "GOFLAGS": "", "PPROF_TMPDIR": module.folder.path, "GOTOOLCHAIN": "local"]
        process.environment = ProcessInfo.processInfo.environment.merging(standard) { $1 }.merging(variables) { $1 }
        let output = module.folder.appending(path: "out-\(UUID().uuidString)")
        try Data().write(to: output)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOf: output, encoding: .utf8)
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(program) \(arguments.joined(separator: " ")): \(text)")
        }
        return text
    }
}
