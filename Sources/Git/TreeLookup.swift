import CGit2

/// Finds files of a commit by their paths, and reads each directory once.
struct TreeLookup {
    private let root: ObjectID
    private var directories: [ObjectID: [[CChar]: TreeItem]] = [:]

    init(root: ObjectID) {
        self.root = root
    }

    /// What lies at a path, given by its names with a zero byte at the end of each; `nil` if nothing does.
    mutating func item(
        _ names: [[CChar]], _ objects: borrowing ObjectDatabase, _ operation: String
    ) throws(GitError) -> TreeItem? {
        var tree = root
        for (position, name) in names.enumerated() {
            if directories[tree] == nil {
                let items = try objects.items(of: tree, operation)
                directories[tree] = Dictionary(items.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            }
            guard let item = directories[tree]?[name] else { return nil }
            if position == names.count - 1 { return item }
            guard item.mode.isTree else { return nil }
            tree = item.id
        }
        return nil
    }
}
