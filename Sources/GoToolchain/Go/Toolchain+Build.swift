public import Benchmarks
import Foundation

extension Toolchain {
    /// The outcome of a build.
    public enum BuildOutcome: Sendable {
        case built(TestBinary)
        case failed(Failure)
    }

    /// Builds the test binary of one package.
    ///
    /// - Parameters:
    ///   - package: The package's folder relative to the tree's root, `.` for the root.
    ///   - root: The checked-out tree.
    ///   - output: The path of the binary to write.
    /// - Throws: When Go could not be started, when the machine keeps it from building, or on cancellation. A build that
    ///   fails is an outcome.
    public func build(
        package: String, in root: String, to output: String, options: BuildOptions
    ) async throws -> BuildOutcome {
        let layout = ModuleLayout(root: root)
        if let failure = Toolchain.failure(of: package, layout) { return .failed(failure) }
        let directory = package == "." ? root : "\(root)/\(package)"
        var (whole, options) = (options, options)
        whole.kinds = Set(FunctionKind.allCases)
        let idle =
            options.kinds == [.benchmark]
            ? IdleTests(
                ofPackageAt: directory, overlays: [options.overlay, options.idle].compactMap { $0 },
                in: output + ".idle") : nil
        defer { idle?.remove() }
        options.overlay = idle?.overlay ?? options.overlay
        var arguments = ["test", "-c", "-vet=off", "-buildvcs=false"] + options.flags
        // Debug information is a tenth of a small build. Profiles don't need it, and flags of the user's stand.
        let ownFlags = settings["GOFLAGS"] ?? ""
        if !ownFlags.contains("-ldflags"), !options.needsDebugInformation {
            arguments.append(options.keepsSymbols ? "-ldflags=-w" : "-ldflags=-s -w")
        }
        arguments += compilerFlags(options)
        if let runtime = options.runtime { arguments.append("-toolexec=\(GoFlags.quoted(runtime.script))") }
        arguments += ["-o", output, "."]
        var (said, tries) = ("", 0)
        while true {
            let lines = Lines()
            let outcome = try await go(
                arguments, in: directory, workspace: layout.workspace(of: package), options: options, lines.append)
            if outcome.reached == .time {
                return .failed(
                    Failure(.timeout, "the build took longer than \(limits.time)", limit: limits.time.seconds))
            }
            // That it failed is nothing new.
            said =
                (outcome.errorText + "\n"
                + lines.all.filter { $0 != "FAIL" && !$0.hasPrefix("FAIL\t") }.joined(separator: "\n")).excerpt
            if case .exited(0) = outcome.ending { break }
            // A package may have a panic of its own, and a newer Go another engine.
            if idle != nil, ["panic", "internal/fuzz", "testing/internal"].contains(where: said.contains) {
                return try await build(package: package, in: root, to: output, options: whole)
            }
            let failure = Toolchain.buildFailure(said)
            var fault = failure.isTransient ? nil : MachineFault(ofBuild: outcome.ending, saying: said)
            if fault?.isUnknown == true,
                let refusal = try await refusal(of: directory, workspace: layout.workspace(of: package), options)
            {
                if !said.contains(refusal) { said += "\n" + refusal }
                // The machine's words may be why, such as those about a file that may not be read.
                fault = MachineFault(ofBuild: outcome.ending, saying: said).flatMap { $0.isUnknown ? nil : $0 }
            }
            guard let fault else {
                let note =
                    MissingFile.note(about: said, in: package, layout) ?? confinement?.note(about: said, by: .build)
                let text = portable(said + (note.map { "\n" + $0 } ?? ""), in: root)
                return .failed(buildFailure(text, of: package, layout))
            }
            tries += 1
            if tries == MachineFault.tries { throw GoError("The test binary of \(package) could not be built", fault) }
        }
        // A binary of an earlier build may lie there: Go compares with it, and need not link again.
        guard !said.contains("[no test files]"), FileManager.default.isExecutableFile(atPath: output) else {
            return .failed(Failure(.missingBenchmark, "the package has no test files"))
        }
        return .built(
            TestBinary(
                path: output, package: package, root: root, toolchain: self, hasProbe: options.overlay != nil,
                sanitizer: options.sanitizer, whole: idle == nil ? nil : whole))
    }

    /// What Go has against the files of a package or of what it imports, such as packages of two names in one folder; nil
    /// for nothing.
    private func refusal(of directory: String, workspace: String, _ options: BuildOptions) async throws -> String? {
        let lines = Lines()
        let outcome = try await go(
            ["list", "-e", "-deps", "-test", "-buildvcs=false", "-f", "{{with .Error}}{{.Err}}{{end}}"] + options.flags
                + ["."], in: directory, workspace: workspace, options: options, lines.append)
        guard case .exited(0) = outcome.ending else { return nil }
        return lines.all.first { !$0.isEmpty }
    }

    /// Why Go need not be asked about a package; nil when its folder is there and belongs to a module.
    static func failure(of package: String, _ layout: ModuleLayout) -> Failure? {
        let directory = layout.path(of: package, "")
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
            return Failure(.missingPackage, "there is no folder \(package)")
        }
        return layout.nearest("go.mod", above: package) == nil ? Failure(.missingModule) : nil
    }

    /// The flags for the compiler, the user's own or those that make a build quicker.
    func compilerFlags(_ options: BuildOptions) -> [String] {
        if let flag = options.sanitizer?.compilerFlag {
            // Of several that fit a package, Go heeds the last.
            return ["-gcflags=all=\(flag)"]
                + (options.gcflags.isEmpty ? [] : ["-gcflags=\(options.gcflags) \(flag)"])
        }
        if !options.gcflags.isEmpty { return ["-gcflags=\(options.gcflags)"] }
        let isLeft = (settings["GOFLAGS"] ?? "").contains("-gcflags") || options.needsDebugInformation
        return isLeft ? [] : ["-gcflags=-dwarf=false"]
    }

    /// Runs the go command in a folder of a tree.
    ///
    /// What compiles is confined, and has no network. When a module turns out to be missing, a listing of the same
    /// packages fetches it, which runs nothing of the commit's.
    func go(
        _ arguments: [String], in directory: String, workspace: String, options: BuildOptions,
        _ onLine: @escaping @Sendable (String) -> Void, onErrorLine: (@Sendable (String) -> Void)? = nil
    ) async throws -> ChildProcess.Outcome {
        guard let confinement, arguments.first != "list" || arguments.contains("-export") else {
            return try await go(
                arguments, in: directory, workspace: workspace, options: options, in: nil, onLine, onErrorLine)
        }
        let path = directory == "/" ? options.temporaryDirectory : directory
        let variables = try confinement.variables(for: .build, at: path)
        let place = (confinement.box(for: .build, at: path), variables)
        let lines = Lines()
        let outcome = try await go(
            arguments, in: directory, workspace: workspace, options: options, in: place, lines.append, onErrorLine)
        guard missesModule(outcome.errorText + lines.joined) else {
            lines.all.forEach(onLine)
            return outcome
        }
        let packages = arguments.first == "list" ? arguments.filter { $0.hasPrefix(".") } : ["."]
        let fetch = try await go(
            ["list", "-deps", "-test", "-buildvcs=false", "-f", "{{if .Error}}{{end}}"] + options.flags + packages,
            in: directory, workspace: workspace, options: options, in: nil, { _ in }, onErrorLine)
        guard case .exited(0) = fetch.ending else { return fetch }
        return try await go(
            arguments, in: directory, workspace: workspace, options: options, in: place, onLine, onErrorLine)
    }

    /// Whether Go says in a box that it would have to fetch a module, or to unpack one that was fetched.
    private func missesModule(_ text: String) -> Bool {
        if text.contains("disabled by GOPROXY=off") { return environment.goVariables["GOPROXY"] != "off" }
        guard let cache = settings["GOMODCACHE"], cache != "", text.contains(cache + "/") else { return false }
        return text.contains("read-only file system") || text.contains("permission denied")
    }

    private func go(
        _ arguments: [String], in directory: String, workspace: String, options: BuildOptions,
        in place: (box: Box, variables: [String: String])?,
        _ onLine: @escaping @Sendable (String) -> Void, _ onErrorLine: (@Sendable (String) -> Void)?
    ) async throws -> ChildProcess.Outcome {
        var variables = place == nil ? environment.goVariables : environment.buildVariables
        variables.merge(place?.variables ?? [:]) { $1 }
        variables["GOWORK"] = workspace
        variables["PWD"] = directory
        variables[NoTinyAllocatorRuntime.archiveVariable] = options.runtime?.archive
        variables["GOTMPDIR"] = options.temporaryDirectory
        // The compiler and linker live for less than a second: collecting their garbage costs a sixth of that.
        variables["GOGC"] = "off"
        variables["GOMEMLIMIT"] = "1GiB"
        // The memory limit is the benchmarks'; a linker may need more.
        let limits = Limits(time: limits.time)
        return try await ChildProcess(
            executable: path, arguments: arguments, directory: directory, environment: variables, limits: limits,
            box: place?.box
        ).run(onLine, onErrorLine: onErrorLine)
    }

    /// What kept a package from building, by what Go said.
    static func buildFailure(_ text: String) -> Failure {
        let kind = failureMarks.first { _, marks in marks.contains(where: text.contains) }
        return Failure(kind?.reason ?? .build, text.withChainsInLines)
    }

    private static let failureMarks: [(reason: Failure.Reason, marks: [String])] = [
        (
            .newerGo,
            [
                "requires go >= ", "note: module requires Go ", "must match format 1.23", "unknown directive: ",
                "unknown block type: ",
            ]
        ),
        (.missingPackage, ["no Go files in", "build constraints exclude all Go files", "no non-test Go files"]),
        (
            .missingDependency,
            [
                "module lookup disabled by", "disabled by GOPROXY=off", "dial tcp", "i/o timeout", "TLS handshake",
                ": 404 Not Found", ": 410 Gone", "git ls-remote", "terminal prompts disabled",
                "executable file not found in", "cannot find -l",
                // What Go says of a module that it asked a proxy or a repository for, whatever came back.
                ": reading http", ": reading file:", ": Get \"", ": invalid version: ", ": unknown revision ",
                "unrecognized import path ", "verifying module: ", ": checksum mismatch", ": zip: not a valid zip file",
            ]
        ),
    ]
}

extension String {
    /// The text with each chain of Go's in one line, since the reason stands at its end: `a requires`, `b: no such host`.
    var withChainsInLines: String {
        replacing(#/ requires\n\t+/#, with: " requires ").replacing(#/\n\t+imports /#, with: " imports ")
    }

    /// The first two thousand characters, without blank lines at either end.
    var excerpt: String { String(trimmingCharacters(in: .whitespacesAndNewlines).prefix(2000)) }
}

/// What the compiler printed, by the package that it printed it for.
struct CompilerOutput {
    /// Lines by the import path that Go heads them with; `""` for those before any heading.
    private(set) var lines: [String: [String]] = [:]

    init(_ all: [String]) {
        var package = ""
        for line in all {
            if line.hasPrefix("# ") {
                package = String(line.dropFirst(2))
            } else if let own = line.wholeMatch(of: /go build (\S+): (.*)/) {
                // Go's own words come whenever they do, also right behind what a compiler says of another package.
                lines[String(own.1), default: []].append(String(own.2))
            } else {
                lines[package, default: []].append(line)
            }
        }
    }

    /// What it printed for packages that satisfy a condition, as one text.
    func text(_ isIncluded: (String) -> Bool) -> String {
        lines.filter { isIncluded($0.key) }.sorted { $0.key < $1.key }
            .map { ($0.key.isEmpty ? [] : ["# " + $0.key]) + $0.value }
            .joined().joined(separator: "\n")
    }
}
