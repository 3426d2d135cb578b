import Benchmarks
import Git
import Measuring

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
        case .testdata: "the data files"
        case .modules: "go.mod and the vendored modules"
        case .toolchain: "the go and toolchain lines of go.mod"
        case .code: "code"
        }
    }

    /// The part that a path belongs to.
    init(_ path: String) {
        let name = path.split(separator: "/").last ?? ""
        if path.isVendored || String.moduleFiles.contains(name) {
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

    /// The paths of a change by part; those that cannot decide the measurement are left out, and so are the files of other
    /// modules of the repository, unless they are inputs.
    ///
    /// - Parameter module: The folder of the package's module; empty for the root.
    static func parts(of changes: [FileChange], inputs: Inputs?, module: String = "") -> [ChangedPart: [String]] {
        let all = Set(changes.flatMap { [$0.oldPath, $0.newPath].compactMap { $0 } })
        let selection = inputs.map(TreeSelection.init)
        let paths = all.filter { selection?.contains($0) ?? false || !$0.isOfModule(otherThan: module) }
        let decisive = paths.filter { selection?.contains($0) ?? true }
        return Dictionary(grouping: (decisive.isEmpty ? paths : decisive).sorted(), by: ChangedPart.init)
    }
}

extension String {
    /// The names of the files that say which modules a build takes.
    fileprivate static let moduleFiles: [Substring] = ["go.mod", "go.sum", "go.work", "go.work.sum"]

    /// Whether a path is one of such a file that does not count for the module in a folder: a workspace may lie above it.
    fileprivate func isOfModule(otherThan module: String) -> Bool {
        let parts = split(separator: "/")
        guard let name = parts.last, String.moduleFiles.contains(name) else { return false }
        let folder = parts.dropLast().joined(separator: "/")
        if name.hasPrefix("go.work") { return !(folder.isEmpty || "\(module)/".hasPrefix("\(folder)/")) }
        return folder != module
    }
}
