import CGit2

/// Finds what two commits hold otherwise of a selection, by their trees: directories that are equal, and those in which
/// nothing is selected, are not looked into, and neither is any file.
struct SelectionChanges {
    /// A directory of which a part is selected, on both sides or on one.
    struct Directory {
        fileprivate let path: [UInt8]
        fileprivate let node: Int
        let mine: ObjectID?
        let other: ObjectID?
    }

    private let trie: SelectionTrie
    /// The directories that are still to be compared.
    private var rest: [Directory] = []
    /// What differs by its path, with the files on both sides; a directory that is selected as a whole is one thing.
    private(set) var files: [[UInt8]: (mine: ObjectID?, other: ObjectID?)] = [:]

    init(_ trie: SelectionTrie, between mine: ObjectID, and other: ObjectID) {
        self.trie = trie
        if mine == other { return }
        if trie.nodes[0].isWhole {
            files = [[]: (nil, nil)]
        } else {
            rest = [Directory(path: [], node: 0, mine: mine, other: other)]
        }
    }

    /// The next two directories to compare.
    mutating func next() -> Directory? { rest.popLast() }

    /// Takes the bytes of the two trees of a directory, whose entries are in the same order.
    mutating func compare(_ directory: Directory, _ mine: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) {
        var (mine, other) = (TreeEntries(mine), TreeEntries(other))
        var (first, second) = (mine.next(), other.next())
        while first != nil || second != nil {
            let order = Self.order(first, second)
            let pair = (order <= 0 ? first : nil, order >= 0 ? second : nil)
            note(pair, in: directory)
            if order <= 0 { first = mine.next() }
            if order >= 0 { second = other.next() }
        }
    }

    /// Takes two entries with the same name, or one whose name the other side does not have.
    private mutating func note(_ pair: (TreeEntries.Entry?, TreeEntries.Entry?), in directory: Directory) {
        if let mine = pair.0, let other = pair.1, mine.raw.elementsEqual(other.raw) { return }
        guard let name = (pair.0 ?? pair.1)?.name else { return }
        let shares = [pair.0, pair.1].map { $0.flatMap { trie.share(of: $0, in: directory.node) } }
        let path = directory.path + [UInt8(ascii: "/")] + name
        for share in Set(shares.compactMap { $0 }) {
            switch share {
            case .whole:
                // A file and a directory in its place come one after the other.
                let known = files[path]
                let sides = [pair.0, pair.1].map { $0.flatMap { $0.mode.isBlob ? $0.id : nil } }
                files[path] = (sides[0] ?? known?.mine, sides[1] ?? known?.other)
            case .part(let node):
                rest.append(
                    Directory(
                        path: path, node: node, mine: shares[0] == share ? pair.0?.id : nil,
                        other: shares[1] == share ? pair.1?.id : nil))
            }
        }
    }

    /// Below 0 when the first entry comes first in a tree, above 0 when the second one does, 0 when they have one name.
    ///
    /// Directories stand where their names with a slash behind them would.
    private static func order(_ first: TreeEntries.Entry?, _ second: TreeEntries.Entry?) -> Int {
        guard let first else { return 1 }
        guard let second else { return -1 }
        if first.name.elementsEqual(second.name), first.mode.isTree == second.mode.isTree { return 0 }
        let names = [first, second].map { Array($0.name) + ($0.mode.isTree ? [UInt8(ascii: "/")] : []) }
        return names[0].lexicographicallyPrecedes(names[1]) ? -1 : 1
    }
}

/// How much of a selection a commit changed.
public struct ChangedContent: Sendable, Hashable {
    /// How many files, and other things that are selected.
    public var paths: Int
    /// By how many bytes they grew or shrank, each for itself.
    public var bytes: Int

    /// So much, by default nothing.
    public init(paths: Int = 0, bytes: Int = 0) {
        (self.paths, self.bytes) = (paths, bytes)
    }
}

extension Repository {
    /// How much of a selection each of some commits changed: what it holds otherwise than each of the given parents does;
    /// nothing where there are none. No file is read.
    ///
    /// - Throws: `GitError` with the code `partialClone`, `missingObject` or `damagedObject` if a commit or one of its
    ///   directories cannot be read. A file that is missing counts as empty.
    public func changedContent(
        of commits: [(id: ObjectID, parents: [ObjectID])], over selection: TreeSelection
    ) throws(GitError) -> [ChangedContent] {
        let trie = SelectionTrie(selection)
        var found: [ChangedContent] = []
        found.reserveCapacity(commits.count)
        for (id, parents) in commits {
            var common: [[UInt8]: Int]?
            for parent in parents where common?.isEmpty != true {
                let differences = try differences(trie, between: id, and: parent)
                let former = common ?? differences
                common = [:]
                for (path, size) in differences { common?[path] = former[path].map { min($0, size) } }
            }
            let sizes = common ?? [:]
            found.append(ChangedContent(paths: sizes.count, bytes: sizes.values.reduce(0, +)))
        }
        return found
    }

    /// Whether a rule takes all for the same that two commits hold otherwise of a selection.
    ///
    /// - Parameter isSame: Is given the path of each such thing, and its contents at both commits as they are stored: nil
    ///   where it is not there, or is no file. A symbolic link's content is the path that it points to.
    /// - Throws: `GitError` with the code `partialClone`, `missingObject` or `damagedObject` if an object cannot be read.
    public func agree(
        _ one: ObjectID, _ other: ObjectID, over selection: TreeSelection,
        where isSame: (_ path: String, _ one: [UInt8]?, _ other: [UInt8]?) -> Bool
    ) throws(GitError) -> Bool {
        for (path, sides) in try changedFiles(SelectionTrie(selection), between: one, and: other) {
            // The first of its bytes is a slash, and the root has none.
            let path = String(decoding: path.dropFirst(), as: UTF8.self)
            let operation = "comparing \(path) at \(one.short) and \(other.short)"
            guard try isSame(path, content(of: sides.mine, operation), content(of: sides.other, operation)) else {
                return false
            }
        }
        return true
    }

    private func content(of file: ObjectID?, _ operation: String) throws(GitError) -> [UInt8]? {
        guard let file else { return nil }
        return try objects.blob(file, operation)
    }

    /// By how much the size of each selected thing differs that two commits do not hold alike, by its path.
    private func differences(
        _ trie: SelectionTrie, between mine: ObjectID, and other: ObjectID
    ) throws(GitError) -> [[UInt8]: Int] {
        try changedFiles(trie, between: mine, and: other).mapValues { abs(size(of: $0.mine) - size(of: $0.other)) }
    }

    /// What of a selection two commits do not hold alike, by its path.
    private func changedFiles(
        _ trie: SelectionTrie, between mine: ObjectID, and other: ObjectID
    ) throws(GitError) -> [[UInt8]: (mine: ObjectID?, other: ObjectID?)] {
        let operation = "comparing the files of commits"
        let trees = (try objects.tree(of: mine, operation), try objects.tree(of: other, operation))
        var changes = SelectionChanges(trie, between: trees.0, and: trees.1)
        while let directory = changes.next() {
            try withTree(directory.mine, operation) { (mine) throws(GitError) in
                try withTree(directory.other, operation) { (other) throws(GitError) in
                    changes.compare(directory, mine, other)
                }
            }
        }
        return changes.files
    }

    /// The size of a file as far as it matters: sums of any number of files stay within bounds.
    private func size(of file: ObjectID?) -> Int { min(file.flatMap { objects.size(of: $0) } ?? 0, 1 << 30) }

    /// Hands the bytes of a tree to `body`; none where there is no tree.
    private func withTree(
        _ id: ObjectID?, _ operation: String, _ body: (UnsafeRawBufferPointer) throws(GitError) -> Void
    ) throws(GitError) {
        guard let id else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        try objects.withObject(id, GIT_OBJECT_TREE, operation, body)
    }
}
