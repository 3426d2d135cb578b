import Foundation

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

    /// Whether Go's build cache was empty, or nearly so: then the first build makes the standard library as well, and two
    /// at once would both do so.
    public let startsCold: Bool

    /// Looks a Go up and asks it what it is.
    ///
    /// - Parameters:
    ///   - path: The go command to use; nil for the first `go` on PATH.
    ///   - directory: Any existing folder outside a module, to ask from.
    /// - Throws: `GoError` when there is none, when it is older than 1.19, or when it does not answer.
    public init(
        path: String?, environment: ProcessEnvironment, limits: Limits, directory: String = "/"
    ) async throws {
        let found = try Toolchain.find(path, searchPath: environment.variables["PATH"] ?? "")
        self.path = found
        self.limits = limits
        let lines = Lines()
        let child = ChildProcess(
            executable: found, arguments: ["env", "-json"] + Toolchain.names, directory: directory,
            environment: environment.goVariables, limits: Limits(time: .seconds(60)))
        let outcome: ChildProcess.Outcome
        do {
            outcome = try await child.run(lines.append)
        } catch let error where !(error is CancellationError) {
            throw GoError(.cannotRun, "\(found) could not be run: \(error). Name a working Go with --go PATH.")
        }
        if outcome.reached == .time {
            throw GoError(.cannotRun, "'\(found) env' did not end within a minute. Name a working Go with --go PATH.")
        }
        let text = lines.joined
        guard case .exited(0) = outcome.ending,
            let settings = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        else {
            throw GoError(
                .cannotRun,
                "'\(found) env' failed: \(outcome.errorText.firstLines(3)). Name a working Go with --go PATH.")
        }
        self.settings = settings
        self.environment = ProcessEnvironment(environment, settings: settings)
        startsCold = Toolchain.isNearlyEmpty(cache: settings["GOCACHE"] ?? "")
        guard minorVersion >= 19 else {
            throw GoError(
                .tooOld, "\(found) is \(version), and allocbisect needs Go 1.19 or newer. Name one with --go PATH.")
        }
    }

    /// The version, e.g. `go1.27.3`.
    public var version: String { settings["GOVERSION"] ?? "unknown" }

    /// The second number of the version; large for development versions.
    var minorVersion: Int {
        guard version.hasPrefix("go1.") else { return .max }
        return Int(version.dropFirst(4).prefix { $0.isNumber }) ?? .max
    }

    /// The platform with its microarchitecture level, e.g. `linux/amd64/v1`.
    public var platform: String {
        let level = ["GOAMD64", "GOARM", "GOARM64", "GO386", "GOPPC64", "GORISCV64"].compactMap { settings[$0] }
            .first { !$0.isEmpty }
        return [settings["GOOS"], settings["GOARCH"], level].compactMap { $0 }.joined(separator: "/")
    }

    /// The settings and variables that can change a number, which belong to the recipe; unset ones are left out.
    public var influences: [String: String] {
        let fixed = settings.filter { name, value in
            !value.isEmpty && (["GOFLAGS", "GOEXPERIMENT", "CC", "CXX"].contains(name) || name.hasPrefix("CGO_"))
        }
        let extra = environment.variables.filter { environment.extraNames.contains($0.key) }
        return fixed.merging(extra) { $1 }
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
