import Benchmarks
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
        let noted = notes.all.map { " Note: \($0)." }.joined()
        let hint =
            switch (selection.kinds == [.benchmark], others) {
            case (_, 0): ""
            case (true, 1): " There is 1 test, which --tests measures."
            case (true, _): " There are \(others) tests, which --tests measures."
            case (false, 1): " There is 1 benchmark, which is measured without --tests."
            case (false, _): " There are \(others) benchmarks, which are measured without --tests."
            }
        let causes = try selection.packages.map { pattern in
            try Repository(discovering: repository).cause(ofNothingIn: pattern, at: commits[0], from: prefix, kinds)
        }
        var text = "No \(kinds) was found at \(place): \(causes.map(\.text).joined(separator: "; ")).\(hint)"
        if hint.isEmpty, causes.contains(where: { !$0.hasRemedy }) {
            text += " " + (try await remedy(forNone: kinds, of: selection, at: commits[0], from: prefix))
        }
        return CoreError(.nothingToMeasure, text + noted)
    }

    /// What to do where the packages that are named have nothing to measure, as a sentence.
    private func remedy(
        forNone kinds: String, of selection: BenchmarkSelection, at commit: ObjectID, from prefix: String
    ) async throws -> String {
        var all = BenchmarkSelection()
        all.kinds = selection.kinds
        // A tree that cannot be listed leaves general advice; who ends this meanwhile is heard.
        let listed = (try? await targets(of: all, at: commit, from: "", builds: false)) ?? []
        try Task.checkCancellation()
        let patterns = listed.map { BenchmarkSelection.pattern(naming: $0.package.directory, from: prefix) }
        guard !patterns.isEmpty else {
            return "Add a \(kinds) to a _test.go file, name its build tags with --tags, or take the tests of another "
                + "commit with --tests-from REV."
        }
        let named = patterns.prefix(3).map { "-p \($0.shellQuoted)" }.joined(separator: ", ")
        return "Name a package that has one: \(named)."
    }
}

extension BenchmarkSelection {
    /// Which choice of benchmarks leaves none of some functions, in words that go on after "No benchmark …".
    fileprivate func mismatch(among functions: [String]) -> String {
        let near = suggestion(among: functions).map { " Did you mean \($0)?" } ?? ""
        return "\(choice): \(BenchmarkSelection.existence(of: functions)).\(near)"
    }

    /// The choice, in words that go on after "No benchmark …".
    var choice: String {
        only.isEmpty ? "matches -b '\(pattern?.text ?? "")'" : "is called \(only.joined(separator: " or "))"
    }

    /// That there are some names, of which three are shown.
    static func existence(of names: [String]) -> String {
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        return "there \(names.count == 1 ? "is" : "are") \(names.prefix(3).joined(separator: ", "))\(more)"
    }

    /// What to write for the function that was probably meant, so that it is found; nil when none is close.
    func suggestion(among functions: [String]) -> String? {
        func short(_ name: String) -> String? {
            FunctionKind(of: name).map { String(name.dropFirst($0.rawValue.count)) }
        }
        let written = only.first.map(Benchmark.function(of:)) ?? pattern?.function ?? ""
        let wanted = only.isEmpty ? written.filter { !"^$".contains($0) } : written
        guard let near = wanted.nearest(among: functions + functions.compactMap(short)) else { return nil }
        let whole = functions.contains(near) ? near : functions.first { short($0) == near } ?? near
        if let name = only.first { return whole + String(name.dropFirst(written.count)) }
        let rest = pattern.map { $0.rest.isEmpty ? "" : "/\($0.rest)" } ?? ""
        let anchored = written.hasPrefix("^") ? "^\(whole)" : near
        return anchored + (written.hasSuffix("$") ? "$" : "") + rest
    }
}

extension Repository {
    /// Why a package pattern finds no benchmark at a commit, as a clause, and whether that tells what to write instead.
    fileprivate borrowing func cause(
        ofNothingIn pattern: String, at commit: ObjectID, from prefix: String, _ kinds: String
    ) throws(GitError) -> (text: String, hasRemedy: Bool) {
        if pattern.contains(",") {
            let parts = pattern.split(separator: ",").map { "-p \($0)" }.joined(separator: " ")
            return ("'\(pattern)' is a single pattern; give each pattern its own -p: \(parts)", true)
        }
        let (folder, rest) = Toolchain.split(pattern, from: prefix)
        guard Toolchain.isRelative(pattern) else {
            let path = pattern.hasSuffix("/...") ? String(pattern.dropLast(4)) : pattern
            guard try folders(below: [prefix, path].filter { !$0.isEmpty }.joined(separator: "/"), at: commit) == nil
            else { return ("'\(pattern)' is an import path; a folder is written with a dot: -p ./\(pattern)", true) }
            return ("no package of this repository has the import path '\(pattern)'", false)
        }
        guard try folders(below: folder, at: commit) != nil else {
            var parts = folder.split(separator: "/").map(String.init)
            let last = parts.popLast() ?? ""
            let siblings = try folders(below: parts.joined(separator: "/"), at: commit) ?? []
            let near = last.nearest(among: siblings).map { (parts + [$0]).joined(separator: "/") }
            return ("there is no folder \(folder)" + (near.map { " (did you mean \($0)?)" } ?? ""), near != nil)
        }
        let place = folder.isEmpty ? "the repository's root" : folder
        if try !hasModule(at: commit, for: [pattern], from: prefix) {
            let modules = try modules(at: commit)
            let reason = "there is no go.mod at or above \(place)"
            if modules.isEmpty { return (reason + (Failure(.missingModule).remedy.map { " (\($0))" } ?? ""), true) }
            if !rest.contains("...") {
                let patterns = modules.prefix(3).map {
                    "-p \((BenchmarkSelection.pattern(naming: $0, from: prefix) + "/...").shellQuoted)"
                }
                return (reason + "; name a module: \(patterns.joined(separator: ", "))", true)
            }
        }
        return rest == "."
            ? ("the package in \(place) has no \(kinds) that is built here", false)
            : ("no package that matches \(pattern) has a \(kinds) that is built here", false)
    }

    /// The folders of a commit that have a go.mod, but for those that Go passes over.
    private borrowing func modules(at commit: ObjectID) throws(GitError) -> [String] {
        var modules: [String] = []
        var open = [""]
        while let here = open.popLast() {
            let start = here.isEmpty ? "" : here + "/"
            if try file(start + "go.mod", at: commit) != nil { modules.append(here) }
            for name in try folders(below: here, at: commit) ?? []
            where !name.hasPrefix(".") && !name.hasPrefix("_") && name != "vendor" && name != "testdata" {
                open.append(start + name)
            }
        }
        return modules.sorted()
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
