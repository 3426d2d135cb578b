import Benchmarks
import Git
import GoToolchain
import MeasurementCache

import struct Foundation.Data
import class Foundation.FileManager
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

extension Measurer {
    /// The packages that a selection means at a commit, and what to run of each; the answer is kept in the cache.
    ///
    /// - Parameter prefix: The folder that the user stands in, relative to the work tree's root.
    func targets(
        of selection: BenchmarkSelection, at commit: ObjectID, from prefix: String
    ) async throws -> [(package: GoPackage, targets: [Measurement.Target])] {
        let packages = try await packages(of: selection, at: commit, from: prefix)
        return try packages.compactMap { package in
            let targets = try package.functions.flatMap { try selection.patterns(running: $0) }
                .map { Measurement.Target(package: package.directory, pattern: $0) }
            return targets.isEmpty ? nil : (package, targets)
        }
    }

    private func packages(
        of selection: BenchmarkSelection, at commit: ObjectID, from prefix: String
    ) async throws -> [GoPackage] {
        let question = ([prefix] + selection.packages).joined(separator: "\u{1f}")
        if let answer = try cache.answer(to: question, at: commit.description, recipe: recipe),
            let known = try? JSONDecoder().decode([GoPackage].self, from: Data(answer.utf8))
        {
            return known
        }
        let found = try await slots.withSlot { slot in
            let root = try checkout(commit, slot, pinning: []).root
            if pinnedTests != nil { try pinAll(in: root) }
            return try await toolchain.packages(
                matching: selection.packages, from: prefix, in: root, options: buildOptions(slot))
        }
        let answer = String(decoding: try JSONEncoder().encode(found), as: UTF8.self)
        try cache.store(answer: answer, to: question, at: commit.description, recipe: recipe)
        return found
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

    /// The inputs of packages in a worktree at a commit, without building anything.
    func inputs(of packages: [String], at commit: ObjectID) async throws -> Inputs {
        try await slots.withSlot { slot in
            let root = try checkout(commit, slot, pinning: packages).root
            var inputs = Inputs()
            for package in packages {
                inputs.formUnion(
                    try await toolchain.inputs(ofPackage: package, in: root, options: buildOptions(slot)))
            }
            return inputs
        }
    }
}
