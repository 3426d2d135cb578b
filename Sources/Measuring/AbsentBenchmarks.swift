package import Benchmarks
package import Git
import GoToolchain

extension Measurements {
    /// Why nothing that is selected exists at some commits, as far as their files tell, and what to write instead.
    package func noBenchmark(
        matching selection: BenchmarkSelection, at commits: [ObjectID], from prefix: String
    ) async throws -> CoreError {
        let place = commits.map(\.short).joined(separator: " and ")
        let kinds = selection.kinds.map(\.noun).sorted().joined(separator: " or ")
        var all = BenchmarkSelection()
        (all.packages, all.kinds) = (selection.packages, Set(FunctionKind.allCases))
        var names: Set<String> = []
        for commit in commits {
            let packages = try await targets(of: all, at: commit, from: prefix, builds: false)
            names.formUnion(packages.flatMap(\.targets).map(\.function))
        }
        let others = names.count { FunctionKind(of: $0).map { !selection.kinds.contains($0) } ?? false }
        names = names.filter { FunctionKind(of: $0).map(selection.kinds.contains) ?? false }
        guard names.isEmpty else {
            return CoreError(.nothingToMeasure, "No \(kinds) at \(place) \(selection.mismatch(among: names.sorted()))")
        }
        let hint =
            switch (selection.kinds == [.benchmark], others) {
            case (_, 0): ""
            case (true, 1): " There is 1 test, which --tests measures."
            case (true, _): " There are \(others) tests, which --tests measures."
            case (false, 1): " There is 1 benchmark, which is measured without --tests."
            case (false, _): " There are \(others) benchmarks, which are measured without --tests."
            }
        let repository = try Repository(discovering: self.repository)
        let causes = try selection.packages.map { pattern in
            try repository.cause(ofNothingIn: pattern, at: commits[0], from: prefix, kinds)
        }
        return CoreError(
            .nothingToMeasure,
            "No \(kinds) was found at \(place): \(causes.joined(separator: "; ")).\(hint)"
                + notes.all.map { " Note: \($0)." }.joined())
    }
}

extension BenchmarkSelection {
    /// Which choice of benchmarks leaves none of some functions, in words that go on after "No benchmark …".
    fileprivate func mismatch(among functions: [String]) -> String {
        let wanted = only.first ?? pattern.map { $0.text.filter { !"^$".contains($0) } } ?? ""
        let choice =
            only.isEmpty ? "matches -b '\(pattern?.text ?? "")'" : "is called \(only.joined(separator: " or "))"
        let candidates =
            functions
            + functions.compactMap { name in
                FunctionKind(of: name).map { String(name.dropFirst($0.rawValue.count)) }
            }
        let near = wanted.nearest(among: candidates).map { " Did you mean \($0)?" } ?? ""
        let more = functions.count > 3 ? " and \(functions.count - 3) more" : ""
        let shown = functions.prefix(3).joined(separator: ", ") + more
        return "\(choice): there \(functions.count == 1 ? "is" : "are") \(shown).\(near)"
    }
}

extension Failure {
    /// What measures a commit from before Go had modules.
    package static let missingModuleRemedy = "write one with --before-build '[ -f go.mod ] || go mod init MODULE'"
}

extension Repository {
    /// Why a package pattern finds no benchmark at a commit, as a clause.
    fileprivate borrowing func cause(
        ofNothingIn pattern: String, at commit: ObjectID, from prefix: String, _ kinds: String
    ) throws(GitError) -> String {
        if pattern.contains(",") {
            let parts = pattern.split(separator: ",").map { "-p \($0)" }.joined(separator: " ")
            return "'\(pattern)' is one pattern, and each takes a -p of its own: \(parts)"
        }
        let (folder, rest) = Toolchain.split(pattern, from: prefix)
        let isRelative = [".", "..", "..."].contains(pattern) || pattern.hasPrefix("./") || pattern.hasPrefix("../")
        guard isRelative else {
            let path = pattern.hasSuffix("/...") ? String(pattern.dropLast(4)) : pattern
            return try folders(below: [prefix, path].filter { !$0.isEmpty }.joined(separator: "/"), at: commit) == nil
                ? "no package of this repository has the import path '\(pattern)'"
                : "'\(pattern)' is an import path, and a folder is written with a dot: -p ./\(pattern)"
        }
        guard try folders(below: folder, at: commit) != nil else {
            var parts = folder.split(separator: "/").map(String.init)
            let last = parts.popLast() ?? ""
            let siblings = try folders(below: parts.joined(separator: "/"), at: commit) ?? []
            let near = last.nearest(among: siblings).map { (parts + [$0]).joined(separator: "/") }
            return "there is no folder \(folder)" + (near.map { " (did you mean \($0)?)" } ?? "")
        }
        guard try hasModule(at: commit, for: [pattern], from: prefix) else {
            let place = folder.isEmpty ? "the repository's root" : folder
            return "there is no go.mod at or above \(place) (\(Failure.missingModuleRemedy))"
        }
        return rest == "."
            ? "the package in \(folder.isEmpty ? "the repository's root" : folder) has no \(kinds) that is built here"
            : "no package that matches \(pattern) has a \(kinds) that is built here"
    }

    /// Whether a commit has a go.mod where package patterns start, or above.
    package borrowing func hasModule(
        at commit: ObjectID, for patterns: [String], from prefix: String
    ) throws(GitError) -> Bool {
        for pattern in patterns {
            for folder in Toolchain.foldersOfModule(for: pattern, from: prefix)
            where try file(folder.isEmpty ? "go.mod" : folder + "/go.mod", at: commit) != nil {
                return true
            }
        }
        return false
    }
}
