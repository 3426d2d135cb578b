public import Benchmarks

extension Toolchain {
    /// Asks the compiler which values of some packages live on the heap, and which functions it can inline.
    ///
    /// `go list -export` compiles without linking, and repeats what the compiler said when nothing has changed.
    ///
    /// - Parameters:
    ///   - packages: The packages' folders relative to the tree's root, `.` for the root.
    ///   - withTests: Whether to compile their test files, too.
    ///   - root: The checked-out tree.
    /// - Returns: The notes, with a reason for each package that does not build.
    /// - Throws: When Go could not be started, or on cancellation.
    public func escapes(
        inPackages packages: [String], withTests: Bool, in root: String, options: BuildOptions
    ) async throws -> Escapes {
        let layout = ModuleLayout(root: root)
        var notes: Set<EscapeNote> = []
        var failures: [String: Failure] = [:]
        // Packages named by their folders must be of the module that Go starts in.
        var modules: [[String]: [String]] = [:]
        for package in Set(packages) {
            failures[package] = Toolchain.failure(of: package, layout)
            guard failures[package] == nil, let module = layout.nearest("go.mod", above: package) else { continue }
            modules[[module, layout.workspace(of: package)], default: []].append(package)
        }
        for (start, packages) in modules {
            let found = try await escapes(
                inPackages: packages.sorted(), of: start[0], workspace: start[1], withTests: withTests, in: root,
                options: options)
            notes.formUnion(found.notes)
            failures.merge(found.failures) { $1 }
        }
        return Escapes(notes: notes.sorted(), failures: failures)
    }

    private func escapes(
        inPackages packages: [String], of module: String, workspace: String, withTests: Bool, in root: String,
        options: BuildOptions
    ) async throws -> Escapes {
        let arguments =
            ["list", "-e", "-export", "-buildvcs=false", ListedPackage.flag] + (withTests ? ["-test"] : [])
            + options.flags + flagsForNotes(options)
            + packages.map { $0.path(below: module).map { $0.isEmpty ? "." : "./" + $0 } ?? "./" + $0 }
        let (lines, errorLines) = (Lines(), Lines())
        let outcome = try await go(
            arguments, in: module.isEmpty ? root : "\(root)/\(module)", workspace: workspace, options: options,
            lines.append, onErrorLine: errorLines.append)
        let output = CompilerOutput(errorLines.all)
        let listed = ListedPackage.read(lines.all)
        var notes: [EscapeNote] = []
        var failures: [String: Failure] = [:]
        for package in packages {
            let directory = package == "." ? root : "\(root)/\(package)"
            let variants = listed.filter { $0.directory == directory }
            if outcome.reached != nil || !Toolchain.isCompiled(variants) {
                failures[package] = failure(of: package, in: root, outcome, variants, listed, output)
                continue
            }
            for line in variants.flatMap({ output.lines[$0.path] ?? [] }) {
                if let note = EscapeNote(line, from: module, in: root) { notes.append(note) }
            }
        }
        return Escapes(notes: notes, failures: failures)
    }

    /// Whether a package was compiled with all of its tests that were listed.
    ///
    /// A test's main package, whose path is the longest, needs all the others that matter: a package of nothing but
    /// test files cannot be compiled by itself, and one of tests elsewhere need not.
    private static func isCompiled(_ variants: [ListedPackage]) -> Bool {
        variants.filter { !$0.isVariant }.max { $0.path.utf8.count < $1.path.utf8.count }?.export?.isEmpty == false
    }

    /// What kept a package from being compiled, by what Go tells of it or else by what the compiler printed.
    private func failure(
        of package: String, in root: String, _ outcome: ChildProcess.Outcome, _ variants: [ListedPackage],
        _ listed: [ListedPackage], _ output: CompilerOutput
    ) -> Failure {
        switch outcome.reached {
        case .time: return Failure(.timeout, "the build took longer than \(limits.time)", limit: limits.time.seconds)
        case .output: return Failure(.build, "the compiler printed too much")
        case .memory, .processes, nil: break
        }
        let failed = variants.filter { $0.export == nil }
        let compiled = Set(listed.filter { $0.export != nil }.map(\.path))
        let needed = Set(failed.flatMap { $0.dependencies ?? [] }).subtracting(compiled)
        let texts = [
            failed.map(\.errorText).joined(separator: "\n"), output.text(Set(failed.map(\.path)).contains),
            output.text(needed.contains), output.text { _ in failed.isEmpty },
        ]
        let text = texts.map(\.excerpt).first { !$0.isEmpty } ?? ""
        return buildFailure(text, of: package, ModuleLayout(root: root))
    }

    /// The flags that make the compiler tell its decisions, beside the user's own.
    ///
    /// What Go starts from is the last flag that matches a package. `-m=1` takes back a `-m=2`.
    private func flagsForNotes(_ options: BuildOptions) -> [String] {
        let ownFlags = settings["GOFLAGS"] ?? ""
        let value =
            options.gcflags.isEmpty ? GoFlags.value(of: "gcflags", in: ownFlags) ?? "-dwarf=false" : options.gcflags
        var flags: [String] = []
        // Without the full paths that this takes away, files could not be distinguished.
        if ownFlags.contains("-trimpath") { flags.append("-trimpath=false") }
        // A pattern such as `all=` is for the packages that these need, too, whose notes nobody asked for.
        let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !value.hasPrefix("-") else { return flags + ["-gcflags=\(value) -m=1"] }
        return flags + ["-gcflags=\(value)", "-gcflags=\(parts[1]) -m=1"]
    }
}

/// What the compiler decided about the heap in some packages of a checked-out tree.
public struct Escapes: Hashable, Sendable {
    /// The notes on the packages that build, by file, line and column, each once.
    public let notes: [EscapeNote]
    /// Why there are none on a package, by the folder that it was asked for by.
    public let failures: [String: Failure]

    /// Creates what the compiler said of some packages, and of which it said nothing.
    public init(notes: [EscapeNote], failures: [String: Failure]) {
        self.notes = notes
        self.failures = failures
    }
}
