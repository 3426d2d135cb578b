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

    private(set) var nodes = [Node()]

    init(_ selection: TreeSelection) {
        for path in selection.paths { nodes[insert(path)].isWhole = true }
        for path in selection.directories { nodes[insert(path)].hasSources = true }
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
