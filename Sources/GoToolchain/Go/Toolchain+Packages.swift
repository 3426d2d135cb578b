import Benchmarks
import Foundation

/// A package of a checked-out tree whose test files may have benchmarks or tests.
public struct GoPackage: Sendable, Hashable, Codable {
    /// What Go calls the package, e.g. `example.com/demo/book`.
    public let importPath: String
    /// The folder relative to the tree's root, `.` for the root.
    public let directory: String
    /// The names of benchmarks and tests by the lines of its test files that declare them, which gofmt shapes. They stand
    /// for those of the test binary where that does not build.
    public let functions: [String]
    /// The words of its test files that can name a benchmark or a test; every one is among them.
    public let words: [String]

    /// Creates a package from its parts.
    public init(importPath: String, directory: String, functions: [String], words: [String]) {
        self.importPath = importPath
        self.directory = directory
        self.functions = functions
        self.words = words
    }
}

/// The packages that some patterns mean in a checked-out tree.
public struct PackageListing: Sendable, Hashable, Codable {
    /// The packages, by their folders.
    public var packages: [GoPackage]
    /// What the user should know of it: what was not looked at, and which Go the tree asks for.
    public var notes: [String]
    /// Whether Go could not list a module for lack of what is not at hand, so that it may list more another time.
    public var isTransient = false

    /// What Go reported for one pattern.
    fileprivate struct Part {
        var packages: [GoPackage]
        var isTransient = false
        /// What Go says of packages without a folder, by their import paths.
        var refusals: [String: String] = [:]

        /// Why Go refuses a folder, relative to where the pattern starts; nil when it does not.
        func refusal(of folder: String) -> String? {
            refusals.first { path, reason in
                path.hasSuffix("/" + folder) || reason.contains("directory \(folder) outside main module")
            }?.value.withChainsInLines.firstLines(1)
        }
    }
}

extension Toolchain {
    /// The packages that match patterns such as `./...`, of those whose test files may have benchmarks or tests.
    ///
    /// Modules that lie below are part of what `...` means, each with a go.mod of its own. Where Go cannot list a module,
    /// its folders are looked through, so that each package tells by itself why it does not build.
    ///
    /// - Parameters:
    ///   - patterns: Patterns as the go command takes them, relative to `folder`.
    ///   - folder: The folder relative to the tree's root that patterns start from, empty for the root.
    /// - Throws: `GoError` when Go cannot be run, or cannot list anything and there are no test files.
    public func packages(
        matching patterns: [String], from folder: String, in root: String, options: BuildOptions
    ) async throws -> PackageListing {
        let layout = ModuleLayout(root: root)
        var found: [String: GoPackage] = [:]
        var passedOver: Set<String> = []
        var requests: Set<RequestedGo> = []
        var refused: [String: String] = [:]
        var isTransient = false
        func add(_ part: PackageListing.Part, where isMeant: (String) -> Bool = { _ in true }) {
            for package in part.packages where isMeant(package.directory) { found[package.directory] = package }
            isTransient = isTransient || part.isTransient
        }
        for pattern in patterns {
            let (start, rest) = Toolchain.split(pattern, from: folder)
            guard FileManager.default.fileExists(atPath: layout.path(of: start, "")) else { continue }
            requests.formUnion(RequestedGo.all(of: start, in: layout))
            var parts: [(from: String, part: PackageListing.Part)] = []
            if layout.nearest("go.mod", above: start) != nil {
                let part = try await packages(matching: rest, from: start, layout, options)
                add(part)
                parts.append((start, part))
            }
            if !Toolchain.isRelative(pattern) {
                // Those of other modules of the tree, which Go does not look into from here.
                let (own, isRequired) = (layout.nearest("go.mod", above: start), !pattern.contains("..."))
                for module in layout.modules(reachedBy: pattern) where module != own {
                    add(try await packages(matching: pattern, from: module, layout, options, isRequired: isRequired))
                }
                continue
            }
            guard rest.contains("...") else {
                if rest == ".", let reason = parts.first?.part.refusals.first?.value {
                    refused[start] = reason.withChainsInLines.firstLines(1)
                }
                continue
            }
            let walk = FolderWalk(layout, below: start)
            passedOver.formUnion(walk.passedOver)
            for module in walk.modules {
                let part = try await packages(matching: "./...", from: module, layout, options, isRequired: false)
                add(part) { Toolchain.matches($0, rest, from: start) }
                parts.append((module, part))
            }
            for (module, part) in parts where !part.refusals.isEmpty {
                for (folder, _) in walk.testFiles
                where found[folder] == nil && Toolchain.matches(folder, rest, from: start) {
                    guard let place = folder.path(below: module) ?? (module.isEmpty ? folder : nil) else { continue }
                    refused[folder] = refused[folder] ?? part.refusal(of: place)
                }
            }
        }
        let packages = found.values.sorted { $0.directory < $1.directory }
        return PackageListing(
            packages: packages,
            notes: notes(passedOver: passedOver.sorted(), requests) + [Toolchain.note(of: refused)].compactMap { $0 },
            isTransient: isTransient)
    }

    private static func note(of refused: [String: String]) -> String? {
        let folders = refused.keys.sorted()
        guard let first = folders.first, let reason = refused[first] else { return nil }
        let more = folders.count > 3 ? " and \(folders.count - 3) more" : ""
        return
            "tests in \(folders.prefix(3).joined(separator: ", "))\(more) were not looked at, since Go refuses them: "
            + reason
    }

    private func notes(passedOver: [String], _ requests: Set<RequestedGo>) -> [String] {
        var notes = requests.filter { !$0.isMet(by: version) }.sorted { $0.file < $1.file }.map {
            "\($0.file) asks for Go \($0.version), but every commit is measured with \(version); name another one with "
                + "--go PATH"
        }
        if !passedOver.isEmpty {
            let more = passedOver.count > 3 ? " and \(passedOver.count - 3) more" : ""
            notes.append(
                "benchmarks in \(passedOver.prefix(3).joined(separator: ", "))\(more) were not looked at: Go skips "
                    + "testdata and folders that begin with '_'")
        }
        return notes
    }

    /// Whether a package pattern names folders, and not import paths.
    package static func isRelative(_ pattern: String) -> Bool {
        [".", "..", "..."].contains(pattern) || pattern.hasPrefix("./") || pattern.hasPrefix("../")
    }

    /// A pattern's fixed folder, in which Go is to start so that nested modules are found, and what remains of it.
    package static func split(_ pattern: String, from folder: String) -> (folder: String, pattern: String) {
        guard isRelative(pattern) else { return (folder, pattern) }
        var parts = folder.split(separator: "/").map(String.init)
        var rest = pattern.split(separator: "/").map(String.init)[...]
        while let part = rest.first, !part.contains("...") {
            rest.removeFirst()
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
        }
        return (parts.joined(separator: "/"), rest.isEmpty ? "." : "./" + rest.joined(separator: "/"))
    }

    /// Whether a package's folder matches a pattern with `...` that starts from a folder. As in Go, `...` stands for any
    /// text, and `/...` at the end for none as well.
    static func matches(_ directory: String, _ pattern: String, from folder: String) -> Bool {
        guard pattern.hasPrefix("./") else { return false }
        guard pattern != "./...", let path = directory.path(below: folder) ?? (folder.isEmpty ? directory : nil) else {
            return pattern == "./..."
        }
        var parts = pattern.dropFirst(2)[...]
        let mayEnd = parts.hasSuffix("/...")
        if mayEnd { parts = parts.dropLast(4) }
        let expression = parts.split(separator: "...", omittingEmptySubsequences: false)
            .map { NSRegularExpression.escapedPattern(for: String($0)) }.joined(separator: ".*")
        let whole = "^\(expression)\(mayEnd ? "(/.*)?" : "")$"
        return path.range(of: whole, options: .regularExpression) != nil
    }

    private func packages(
        matching pattern: String, from folder: String, _ layout: ModuleLayout, _ options: BuildOptions,
        isRequired: Bool = true
    ) async throws -> PackageListing.Part {
        let lines = Lines()
        let outcome = try await go(
            ["list", "-e", "-buildvcs=false", ListedPackage.testsFlag] + options.flags + [pattern],
            in: folder.isEmpty ? layout.root : "\(layout.root)/\(folder)", workspace: layout.workspace(of: folder),
            options: options, lines.append)
        guard case .exited(0) = outcome.ending else {
            let failure = buildFailure(portable(outcome.errorText, in: layout.root), of: folder, layout)
            let lacksModule = failure.isTransient
            let isFault =
                outcome.reached != nil
                || !lacksModule && MachineFault(ofBuild: outcome.ending, saying: outcome.errorText) != nil
            let found = isFault ? [] : Toolchain.packages(matching: pattern, from: folder, layout)
            guard found.isEmpty && (isFault || isRequired) else {
                return PackageListing.Part(packages: found, isTransient: lacksModule)
            }
            let reason = failure.reason == .newerGo ? failure.text : failure.message
            throw GoError(
                isFault || lacksModule ? .cannotRun : .list,
                "'go list \(pattern)' failed in \(folder.isEmpty ? "the repository's root" : folder): "
                    + reason.firstLines(3) + ((isFault ? nil : failure.remedy).map { "; \($0)." } ?? ""))
        }
        var part = PackageListing.Part(packages: [])
        for package in ListedPackage.read(lines.all) {
            if let directory = package.directory?.path(below: layout.root) {
                let files = (package.testFiles ?? []) + (package.outerTestFiles ?? [])
                if let package = GoPackage(package.path, directory, files, layout) { part.packages.append(package) }
            } else if let reason = package.error?.text {
                part.refusals[package.path] = reason
            }
        }
        return part
    }

    /// The packages of a module that Go cannot list, by their test files.
    private static func packages(
        matching pattern: String, from folder: String, _ layout: ModuleLayout
    ) -> [GoPackage] {
        FolderWalk(layout, below: folder, entersModules: false).testFiles.compactMap { place, names in
            let isMeant = pattern == "." ? place == folder : matches(place, pattern, from: folder)
            return isMeant ? GoPackage(place.isEmpty ? "." : place, place, names, layout) : nil
        }
    }
}

extension GoPackage {
    /// A package by its test files; nil when none has a word that could be a benchmark's or test's.
    fileprivate init?(_ importPath: String, _ folder: String, _ files: [String], _ layout: ModuleLayout) {
        let tests = files.map { TestFile(layout.path(of: folder, $0)) }
        let words = tests.reduce(into: Set<String>()) { $0.formUnion($1.words) }
        guard !words.isEmpty else { return nil }
        var seen: Set<String> = []
        self.init(
            importPath: importPath, directory: folder.isEmpty ? "." : folder,
            functions: tests.flatMap(\.declared).filter { seen.insert($0).inserted }, words: words.sorted())
    }
}

extension String {
    /// The path relative to a folder; nil when it lies elsewhere. The folder itself is "".
    func path(below folder: String) -> String? {
        if self == folder { return "" }
        let prefix = (folder + "/").utf8
        return utf8.starts(with: prefix) ? String(decoding: utf8.dropFirst(prefix.count), as: UTF8.self) : nil
    }
}

extension Toolchain {
    /// The folders in which the go.mod of a package pattern can lie, relative to the tree's root, nearest first.
    public static func foldersOfModule(for pattern: String, from folder: String) -> [String] {
        ModuleLayout.ancestors(of: split(pattern, from: folder).folder)
    }
}
