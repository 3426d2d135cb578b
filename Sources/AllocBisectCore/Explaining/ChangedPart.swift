import Benchmarks
import Git

/// A part of a change that can be taken back by itself, in the order in which it is tried.
enum ChangedPart: Sendable, Hashable, CaseIterable {
    case tests, testdata, toolchain, modules, code

    /// The kind of cause that the part is.
    var kind: Explanation.Kind {
        switch self {
        case .tests: .benchmark
        case .testdata: .testdata
        case .modules: .dependency
        case .toolchain: .toolchain
        case .code: .code
        }
    }

    /// The part's files, as they are called in a sentence.
    var files: String {
        switch self {
        case .tests: "the test files"
        case .testdata: "the files that are only read"
        case .modules: "go.mod and the vendored modules"
        case .toolchain: "the go and toolchain lines of go.mod"
        case .code: "the code"
        }
    }

    /// The part that a path belongs to.
    init(_ path: String) {
        let name = path.split(separator: "/").last ?? ""
        if path.isVendored || ["go.mod", "go.sum", "go.work", "go.work.sum"].contains(name) {
            self = .modules
        } else if path.hasPrefix("testdata/") || path.contains("/testdata/") {
            self = .testdata
        } else if path.isTest {
            self = .tests
        } else {
            let isBuilt = TreeSelection.fileSuffixes.contains { name.hasSuffix($0) }
            self = isBuilt ? .code : .testdata
        }
    }

    /// The paths of a change by part; those that cannot decide the measurement are left out.
    static func parts(of changes: [FileChange], inputs: Inputs?) -> [ChangedPart: [String]] {
        let paths = Set(changes.flatMap { [$0.oldPath, $0.newPath].compactMap { $0 } })
        let selection = inputs.map(TreeSelection.init)
        let decisive = paths.filter { selection?.contains($0) ?? true }
        return Dictionary(grouping: (decisive.isEmpty ? paths : decisive).sorted(), by: ChangedPart.init)
    }
}
