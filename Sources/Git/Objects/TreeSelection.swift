/// A choice of files, by path, to be compared between commits.
///
/// Paths are relative to the root of the repository and have slashes between their parts; `""` is the root itself.
public struct TreeSelection: Hashable, Sendable, Codable {
    /// Whole files, and whole directories with everything below. Being absent counts as a content of its own.
    public var paths: Set<String>
    /// Directories of which only those files count that lie directly in them and that Go may compile: those whose
    /// names end in one of `fileSuffixes`.
    public var directories: Set<String>

    /// Makes a selection from its two parts.
    public init(paths: Set<String> = [], directories: Set<String> = []) {
        self.paths = paths
        self.directories = directories
    }

    /// Whether a file is among those that were chosen.
    public func contains(_ path: String) -> Bool {
        if paths.contains("") || paths.contains(path) { return true }
        let slashes = path.indices.filter { path[$0] == "/" }
        let directory = slashes.last.map { String(path[..<$0]) } ?? ""
        if directories.contains(directory), TreeSelection.fileSuffixes.contains(where: path.hasSuffix) { return true }
        return slashes.contains { paths.contains(String(path[..<$0])) }
    }

    /// The names of files that `go build` may use, by their ending.
    public static let fileSuffixes: [String] = [
        ".go", ".s", ".S", ".sx", ".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".m", ".f", ".F", ".for",
        ".f90", ".swig", ".swigcxx", ".syso",
    ]
}

/// A selection arranged by directory, so that it can be followed down a tree.
struct SelectionTrie {
    /// A path that is selected, or leads to one that is.
    struct Node {
        /// The file or directory at this path is selected as a whole.
        var isWhole = false
        /// The source files directly in this directory are selected.
        var hasSources = false
        var children: [String: Int] = [:]
    }

    /// How much is selected of an entry of a directory.
    enum Share: Hashable {
        /// The entry with all that is below it.
        case whole
        /// A part of a directory, by its node.
        case part(Int)
    }

    private static let suffixes = Set(TreeSelection.fileSuffixes)

    private(set) var nodes = [Node()]

    init(_ selection: TreeSelection) {
        for path in selection.paths { nodes[insert(path)].isWhole = true }
        for path in selection.directories { nodes[insert(path)].hasSources = true }
    }

    /// How much is selected of an entry of the directory at a node; nil for nothing.
    func share(of entry: TreeEntries.Entry, in node: Int) -> Share? {
        let directory = nodes[node]
        let child =
            directory.children.isEmpty ? nil : directory.children[String(decoding: entry.name, as: UTF8.self)]
        if child.map({ nodes[$0].isWhole }) ?? false { return .whole }
        if directory.hasSources, entry.mode.isBlob, isSource(entry.name) { return .whole }
        // A submodule holds what is selected, and a link may lead there.
        return child.map { entry.mode.isTree ? .part($0) : .whole }
    }

    private func isSource(_ name: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return SelectionTrie.suffixes.contains(String(decoding: name[dot...], as: UTF8.self))
    }

    private mutating func insert(_ path: String) -> Int {
        var node = 0
        for part in path.split(separator: "/") where part != "." {
            let name = String(part)
            if let child = nodes[node].children[name] {
                node = child
            } else {
                nodes.append(Node())
                nodes[node].children[name] = nodes.count - 1
                node = nodes.count - 1
            }
        }
        return node
    }
}
