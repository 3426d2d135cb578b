package import Benchmarks
package import Git
package import GoToolchain
import MeasurementCache

import struct Foundation.Data
import class Foundation.FileManager
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

extension Measurer {
    /// The packages that a selection means at a commit, and what to run of each; the answer is kept in the cache.
    ///
    /// What benchmarks and tests a package has is asked of its test binary, which is the one that is measured then. Only
    /// packages with a word that could be the name of one that is meant are built.
    ///
    /// - Parameters:
    ///   - prefix: The folder that the user stands in, relative to the work tree's root.
    ///   - builds: Whether to build what is not known yet. Without, a package's benchmarks are those of the lines that
    ///     declare one.
    package func targets(
        of selection: BenchmarkSelection, at commit: ObjectID, from prefix: String, builds: Bool = true
    ) async throws -> [(package: GoPackage, targets: [Measurement.Target])] {
        if builds, selection.kinds.contains(.test), !probe.runsTests {
            throw CoreError(
                .surroundings,
                "The testing package of \(goVersion) is not laid out as expected, so tests cannot be measured with it. "
                    + "Name another Go with --go PATH, or leave out --tests.")
        }
        let listing = try await listing(of: selection, at: commit, from: prefix)
        notes.add(listing.notes)
        var packages: [GoPackage] = []
        for package in listing.packages where try selection.mayInclude(anyOf: package.words) {
            packages.append(package)
        }
        let functions = try await functions(
            of: packages, for: selection.kinds, at: commit, builds: builds)
        return try packages.compactMap { package in
            let targets = try (functions[package.directory] ?? package.functions)
                .flatMap { try selection.patterns(running: $0) }
                .map { Measurement.Target(package: package.directory, pattern: $0) }
            return targets.isEmpty ? nil : (package, targets)
        }
    }

    private func listing(
        of selection: BenchmarkSelection, at commit: ObjectID, from prefix: String
    ) async throws -> PackageListing {
        let question = (["listing", prefix] + selection.packages).joined(separator: "\u{1f}")
        if let known: PackageListing = try answer(to: question, at: commit) { return known }
        let found = try await slots.withSlot(for: commit) { slot in
            let tree = try await checkout(commit, slot, pinning: [])
            let root = tree.root
            if pinnedTests != nil { try pinAll(in: root) }
            let listing = try await toolchain.packages(
                matching: selection.packages, from: prefix, in: root, options: buildOptions(slot, running: []))
            return (listing: listing, isKept: tree.trouble == nil && !listing.isTransient)
        }
        if found.isKept { try store(found.listing, asAnswerTo: question, at: commit) }
        return found.listing
    }

    /// The benchmarks and tests of packages by their folders, as the test binaries tell them; none for a package that
    /// does not build or whose binary does not come to it.
    private func functions(
        of packages: [GoPackage], for kinds: Set<FunctionKind>, at commit: ObjectID, builds: Bool
    ) async throws -> [String: [String]] {
        var functions: [String: [String]] = [:]
        var missing: [GoPackage] = []
        for package in packages {
            let known: [String]?? = try answer(to: package.question, at: commit)
            if let known { functions[package.directory] = known } else { missing.append(package) }
        }
        guard builds, !missing.isEmpty else { return functions }
        let unknown = missing
        let found = try await slots.withSlot(for: commit) { slot in
            let tree = try await checkout(commit, slot, pinning: unknown.map(\.directory).sorted())
            // What cannot be built like this is reported when it is measured.
            if tree.trouble != nil { return [String: [String]]() }
            var found: [String: [String]] = [:]
            // Two commits that are asked at once begin at opposite ends, so that neither builds what the other one did.
            for (number, package) in (slot.number.isMultiple(of: 2) ? unknown : unknown.reversed()).enumerated() {
                var names = try await functionsElsewhere(of: package, sameAt: commit)
                if names == nil {
                    let place = unknown.count > 1 ? "package \(number + 1) of \(unknown.count), " : ""
                    events(.measuring(commit: commit, purpose: "to see its functions: \(place)\(package.importPath)"))
                    let (all, failure) = try await builtFunctions(of: package, for: kinds, at: commit, tree, slot)
                    if failure?.isTransient == true { continue }
                    names = all
                }
                found[package.directory] = names
                try store(names, asAnswerTo: package.question, at: commit)
            }
            return found
        }
        return functions.merging(found) { $1 }
    }

    /// The functions of a package at another commit at which Go reads the same files for it; nil when none is known.
    private func functionsElsewhere(of package: GoPackage, sameAt commit: ObjectID) async throws -> [String]? {
        guard usesInputClasses else { return nil }
        let entries = await built.entries(of: package.directory)
        return try entries.first { try isSame($0.inputs, $0.commit, commit) }?.functions
    }

    /// The functions that a package's test binary has; nil when it does not come to tell them, or does not build.
    private func builtFunctions(
        of package: GoPackage, for kinds: Set<FunctionKind>, at commit: ObjectID, _ tree: CheckedOut,
        _ slot: SlotPool.Slot
    ) async throws -> (functions: [String]?, failure: Failure?) {
        let build = buildOptions(slot, running: kinds)
        async let read = inputs(of: package.directory, at: commit, in: tree, build)
        switch try await binary(commit, package.directory, root: tree.root, slot: slot, build) {
        case .failed(let failure): return (nil, failure)
        case .built(let binary):
            let functions = try await binary.functions()
            if let functions, let inputs = try await read, usesInputClasses {
                let entry = BuiltPackages.Entry(commit: commit, inputs: inputs, functions: functions)
                await built.keep(entry, of: package.directory)
            }
            return (functions, nil)
        }
    }

    private func answer<Answer: Decodable>(to question: String, at commit: ObjectID) throws -> Answer? {
        guard let text = try cache.answer(to: question, at: commit.description, recipe: recipe) else { return nil }
        // What an earlier version of the program kept in another form is asked again.
        return try? JSONDecoder().decode(Answer.self, from: Data(text.utf8))
    }

    private func store(_ answer: some Encodable, asAnswerTo question: String, at commit: ObjectID) throws {
        let text = String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
        try cache.store(answer: text, to: question, at: commit.description, recipe: recipe)
    }

    private func pinAll(in root: String) throws {
        guard let pinnedTests else { return }
        let repository = try Repository(discovering: self.repository)
        try repository.pin(".", testsOf: pinnedTests, in: root)
        let paths = FileManager.default.enumerator(atPath: root)
        while let path = paths?.nextObject() as? String {
            guard paths?.fileAttributes?[.type] as? String == "NSFileTypeDirectory" else { continue }
            try repository.pin(path, testsOf: pinnedTests, in: root)
        }
    }

    /// The inputs of each of some packages at a commit, without building anything.
    package func inputs(of packages: [String], at commit: ObjectID) async throws -> [String: Inputs] {
        try await slots.withSlot(for: commit) { slot in
            let root = try await checkout(commit, slot, pinning: packages).root
            var inputs: [String: Inputs] = [:]
            for package in packages {
                inputs[package] = try await toolchain.inputs(
                    ofPackage: package, in: root, options: buildOptions(slot, running: []))
            }
            return inputs
        }
    }
}

extension GoPackage {
    /// What a commit is asked about the package, as the cache keeps it.
    fileprivate var question: String { "functions\u{1f}" + directory }
}
