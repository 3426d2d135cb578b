import Foundation
public import Testing

/// The go commands that tests run with.
public enum GoCommands {
    /// The paths in the environment variable `ALLOCBISECT_GO`, separated by colons, or else the `go` found on PATH.
    public static let all: [String] = {
        let environment = ProcessInfo.processInfo.environment
        let named = (environment["ALLOCBISECT_GO"] ?? "").split(separator: ":").map(String.init)
        return named.isEmpty ? onPath(environment["PATH"] ?? "") : named
    }()

    /// The minor version of a go command, 19 for Go 1.19; 0 when it does not say.
    public static func minorVersion(of go: String) -> Int {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: go)
        process.arguments = ["env", "GOVERSION"]
        process.standardOutput = pipe
        guard (try? process.run()) != nil else { return 0 }
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: ".").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
    }

    private static func onPath(_ path: String) -> [String] {
        let candidates = path.split(separator: ":").map { "\($0)/go" }
        return candidates.first(where: FileManager.default.isExecutableFile).map { [$0] } ?? []
    }
}

extension Tag {
    /// Tests that run real Go.
    @Tag public static var go: Self
}
