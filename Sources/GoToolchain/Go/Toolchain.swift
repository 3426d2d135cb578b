import Foundation
import Synchronization

/// An installed Go: where it is, what it is, and what it would build for.
public struct Toolchain: Sendable {
    /// The path of the go command.
    public let path: String
    /// What `go env` says, for the variables that matter here.
    public let settings: [String: String]
    /// The environment that its processes get.
    public let environment: ProcessEnvironment
    /// How what old commits run is confined; nil for not at all.
    public var confinement: Confinement?
    /// What each of its processes may use.
    public let limits: Limits
    /// Further arguments of every test binary.
    public var testArguments: [String] = []
    /// What counts the instructions of test binaries; nil where they are not counted.
    public var counter: InstructionCounter?

    /// Whether Go's build cache was empty, or nearly so: then the first build makes the standard library as well, and two
    /// at once would both do so.
    public let startsCold: Bool

    /// Where test binaries run side by side, or alone.
    let gate = RunGate()
    /// The boxes that stay for several runs.
    let boxes = BoxKeeper()

    /// Looks a Go up and asks it what it is.
    ///
    /// - Parameters:
    ///   - path: The go command to use; nil for the first `go` on PATH.
    ///   - directory: The existing folder to ask from. Version managers put a script in the place of Go, which picks one by
    ///     the folder that it is called in.
    /// - Throws: `GoError` when there is none, when it is older than 1.19, or when it does not answer.
    public init(
        path: String?, environment: ProcessEnvironment, limits: Limits, directory: String = "/"
    ) async throws {
        let found = try Toolchain.find(path, searchPath: environment.variables["PATH"] ?? "")
        self.environment = environment
        self.limits = limits
        let named = try await Toolchain.settings(of: found, environment.managerVariables, in: directory)
        (self.path, settings) = try await Toolchain.resolved(found, named, environment.goVariables, in: directory)
        startsCold = Toolchain.isNearlyEmpty(cache: settings["GOCACHE"] ?? "")
        guard minorVersion >= 19 else {
            throw GoError(
                .tooOld, "\(found) is \(version), but allocbisect needs Go 1.19 or newer. Name one with --go PATH.")
        }
    }

    /// What stands behind a go command: the one in its own GOROOT, where there is one that says the same of itself.
    ///
    /// A script that picks a Go by the folder would pick one by the commit, and a search compares commits.
    private static func resolved(
        _ found: String, _ settings: [String: String], _ variables: [String: String], in directory: String
    ) async throws -> (path: String, settings: [String: String]) {
        let own = (settings["GOROOT"] ?? "") + "/bin/go"
        guard own != found, own.hasPrefix("/"), isExecutableFile(own) else { return (found, settings) }
        do {
            let others = try await Toolchain.settings(of: own, variables, in: directory)
            return others["GOVERSION"] == settings["GOVERSION"] ? (own, others) : (found, settings)
        } catch is GoError {
            return (found, settings)
        }
    }

    /// What `go env` says.
    private static func settings(
        of command: String, _ variables: [String: String], in directory: String
    ) async throws -> [String: String] {
        let lines = Lines()
        var variables = variables
        variables["PWD"] = directory
        let child = ChildProcess(
            executable: command, arguments: ["env", "-json"] + Toolchain.names, directory: directory,
            environment: variables, limits: Limits(time: .seconds(60)))
        let outcome: ChildProcess.Outcome
        do {
            outcome = try await child.run(lines.append)
        } catch let error where !(error is CancellationError) {
            let reason = "\(error)".trimmingCharacters(in: ["."])
            throw GoError(.cannotRun, "\(command) could not be run: \(reason). Name a working Go with --go PATH.")
        }
        if outcome.reached == .time {
            throw GoError(.cannotRun, "'\(command) env' did not end within a minute. Name a working Go with --go PATH.")
        }
        guard case .exited(0) = outcome.ending,
            let settings = try? JSONDecoder().decode([String: String].self, from: Data(lines.joined.utf8))
        else {
            throw GoError(
                .cannotRun,
                "'\(command) env' failed: \(outcome.errorText.firstLines(3)). Name a working Go with --go PATH.")
        }
        return settings
    }

    /// What `go env GOVERSION` says, e.g. `go1.27.3`; `unknown` where it says nothing.
    public var version: String { settings["GOVERSION"] ?? "unknown" }

    /// The second number of the version; large for development versions.
    var minorVersion: Int {
        guard version.hasPrefix("go1.") else { return .max }
        return Int(version.dropFirst(4).prefix { $0.isNumber }) ?? .max
    }

    /// Whether it is older than what the `go` line of a module file asks for.
    public func isOlder(than module: ModuleFile) -> Bool {
        module.goVersion.map { !RequestedGo(file: "go.mod", version: $0).isMet(by: version) } ?? false
    }

    /// The platform with its microarchitecture level, e.g. `linux/amd64/v1`.
    public var platform: String {
        let level = ["GOAMD64", "GOARM", "GOARM64", "GO386", "GOPPC64", "GORISCV64"].compactMap { settings[$0] }
            .first { !$0.isEmpty }
        return [settings["GOOS"], settings["GOARCH"], level].compactMap { $0 }.joined(separator: "/")
    }

    /// The settings and variables that can change a number, which belong to the recipe; unset ones are left out.
    public var influences: [String: String] {
        settings.filter { !$1.isEmpty && Toolchain.isInfluence($0) }.merging(extraVariables) { $1 }
    }

    private static func isInfluence(_ name: String) -> Bool {
        ["GOFLAGS", "GOEXPERIMENT", "CC", "CXX"].contains(name) || name.hasPrefix("CGO_")
    }

    /// Go's own settings that decide numbers, by which another machine's Go builds the same.
    public var portableSettings: [String: String] {
        settings.filter { !$1.isEmpty && Toolchain.isPortable($0) }
    }

    /// Whether a variable is such a setting: what a measurement names, by itself or with its platform.
    public static func isPortable(_ name: String) -> Bool {
        let levels = ["GOAMD64", "GOARM", "GOARM64", "GO386", "GOPPC64", "GORISCV64"]
        return names.contains(name) && (isInfluence(name) || levels.contains(name))
    }

    /// The variables that are let through by name, with their values.
    public var extraVariables: [String: String] {
        environment.variables.filter { environment.extraNames.contains($0.key) }
    }

    private static func isNearlyEmpty(cache: String) -> Bool {
        var count = 0
        for folder in (try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? [] where count < 100 {
            count += (try? FileManager.default.contentsOfDirectory(atPath: "\(cache)/\(folder)").count) ?? 0
        }
        return count < 100
    }

    private static let names = [
        "GOVERSION", "GOOS", "GOARCH", "GOAMD64", "GOARM", "GOARM64", "GO386", "GOPPC64", "GORISCV64", "GOFLAGS",
        "GOEXPERIMENT", "GOROOT", "CC", "CXX", "CGO_ENABLED", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS",
        "CGO_LDFLAGS", "GOCACHE", "GOMODCACHE", "GOPATH", "GOENV",
    ]

    private static func find(_ path: String?, searchPath: String) throws(GoError) -> String {
        if let path, path.contains("/") {
            guard isExecutableFile(path) else {
                throw GoError(.notFound, "There is no executable file at \(path). Give --go the path of a go command.")
            }
            return URL(filePath: path).path
        }
        let name = path ?? "go"
        for directory in searchPath.split(separator: ":") {
            let candidate = "\(directory)/\(name)"
            if isExecutableFile(candidate) { return URL(filePath: candidate).path }
        }
        throw GoError(
            .notFound, "There is no '\(name)' on PATH. Install Go 1.19 or newer, or give its path with --go PATH.")
    }

    private static func isExecutableFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}

extension String {
    /// The first lines that are not empty, as one line.
    func firstLines(_ count: Int) -> String {
        split(whereSeparator: \.isNewline).lazy.map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }.prefix(count).joined(separator: " / ")
    }
}

extension Toolchain {
    /// The package-level variables of a binary, by address, with the linker's own marks between them.
    ///
    /// - Parameter binary: The path of a binary that was built with `BuildOptions.keepsSymbols`.
    /// - Throws: `GoError` when `go tool nm` finds no symbols. When Go could not be started, or on cancellation.
    public func variables(of binary: String) async throws -> [Variable] {
        let found = Mutex<[Variable]>([])
        // Outside of any module or workspace: nothing there matters, and newer Go may have to build the tool first.
        let outcome = try await go(
            ["tool", "nm", "-n", "-size", "-sort", "address", binary], in: "/", workspace: "off",
            options: BuildOptions()
        ) { line in
            if let variable = Variable(line: line) { found.withLock { $0.append(variable) } }
        }
        let variables = found.withLock { $0 }
        guard case .exited(0) = outcome.ending, !variables.isEmpty else {
            throw GoError(
                .heapDump, "'go tool nm' found no variables in \(binary): \(outcome.errorText.firstLines(3))")
        }
        return variables
    }
}

extension Variable {
    /// Reads a line of `go tool nm -size`: address in hexadecimal, size, type, symbol; nil for what is not data.
    init?(line: String) {
        let fields = line.split(separator: " ", maxSplits: 3)
        guard fields.count == 4, ["D", "d", "B", "b"].contains(fields[2]), let address = UInt64(fields[0], radix: 16),
            let size = UInt64(fields[1])
        else { return nil }
        self.init(symbol: String(fields[3]), address: address, size: size)
    }
}
