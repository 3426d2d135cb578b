import Foundation

/// The folders of a tree below one of them, by what Go makes of them.
struct FolderWalk {
    /// The folders with a go.mod.
    private(set) var modules: [String] = []
    /// The folders with test files, each with the names of those.
    private(set) var testFiles: [(folder: String, names: [String])] = []
    /// The folders that Go passes over, although they have benchmarks.
    private(set) var passedOver: [String] = []
    private let layout: ModuleLayout

    /// Walks through the folders below one, which is relative to the tree's root.
    ///
    /// - Parameter entersModules: Whether to go on below a go.mod.
    init(_ layout: ModuleLayout, below folder: String, entersModules: Bool = true) {
        self.layout = layout
        var open = [folder]
        while let here = open.popLast() {
            let (folders, files) = SymbolicLinks.entries(in: layout.path(of: here, ""))
            if here != folder && files.contains("go.mod") {
                modules.append(here)
                if !entersModules { continue }
            }
            let tests = files.filter { $0.hasSuffix("_test.go") && !"._".contains($0.prefix(1)) }
            if !tests.isEmpty { testFiles.append((here, tests.sorted())) }
            for name in folders.sorted(by: >) where !name.hasPrefix(".") && name != "vendor" {
                let next = here.isEmpty ? name : "\(here)/\(name)"
                if name.hasPrefix("_") || name == "testdata" {
                    if hasBenchmark(below: next) { passedOver.append(next) }
                } else {
                    open.append(next)
                }
            }
        }
        modules.sort()
        passedOver.sort()
    }

    private func hasBenchmark(below folder: String) -> Bool {
        var open = [folder]
        while let here = open.popLast() {
            let (folders, files) = SymbolicLinks.entries(in: layout.path(of: here, ""))
            for name in files where name.hasSuffix("_test.go") {
                if !TestFile(layout.path(of: here, name)).declared.isEmpty { return true }
            }
            open += folders.map { "\(here)/\($0)" }
        }
        return false
    }
}
