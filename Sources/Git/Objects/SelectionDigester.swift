import CGit2

/// Computes digests of a selection, and remembers them by directory and tree: what didn't change between two commits
/// is not looked at again.
struct SelectionDigester {
    /// Reads a tree object, and returns what the closure makes of its bytes: nothing if they are not a tree.
    typealias ReadTree = (ObjectID, (UnsafeRawBufferPointer) -> [Piece]?) throws(GitError) -> [Piece]

    /// Something selected in a directory.
    enum Piece {
        /// A whole entry, as it stands in the tree: mode, name and id.
        case whole([UInt8])
        /// What decides how the selected files here and below are written.
        case attributes([UInt8])
        /// A directory of which a part is selected.
        case part(name: [UInt8], node: Int, tree: ObjectID)
    }

    private struct Key: Hashable {
        let node: Int
        let tree: ObjectID
    }

    private static let attributesName = Array(".gitattributes".utf8)

    private let trie: SelectionTrie
    private var known: [Key: ObjectID?] = [:]

    init(_ selection: TreeSelection) {
        trie = SelectionTrie(selection)
    }

    /// The digest of what is selected of a commit's tree.
    mutating func digest(ofRoot tree: ObjectID, _ read: ReadTree) throws(GitError) -> ObjectID {
        if trie.nodes[0].isWhole { return try hash(bytes(of: tree)) }
        guard let digest = try digest(0, tree, read) else { return try hash([]) }
        return digest
    }

    /// The digest of what a node selects of a tree; `nil` if that is nothing.
    ///
    /// Pieces come in the order of the tree, which is the same for equal contents. Nothing is recorded for what is
    /// absent, so that a directory in which nothing is selected equals one that isn't there.
    private mutating func digest(_ node: Int, _ tree: ObjectID, _ read: ReadTree) throws(GitError) -> ObjectID? {
        let key = Key(node: node, tree: tree)
        if let digest = known[key] { return digest }
        var content: [UInt8] = []
        var attributes: [UInt8] = []
        let selected = try read(tree) { pieces(node, $0) }
        for piece in selected {
            switch piece {
            case .whole(let entry):
                content += entry
            case .attributes(let entry):
                attributes = entry
            case .part(let name, let child, let tree):
                guard let digest = try digest(child, tree, read) else { continue }
                // No entry of a tree has the mode 0, so that a part is never taken for a whole directory.
                content += [UInt8(ascii: "0"), UInt8(ascii: " ")] + name + [0] + bytes(of: digest)
            }
        }
        // A directory in which nothing else is selected equals one that isn't there.
        let digest = content.isEmpty ? nil : try hash(attributes + content)
        known[key] = .some(digest)
        return digest
    }

    private func pieces(_ node: Int, _ bytes: UnsafeRawBufferPointer) -> [Piece]? {
        var pieces: [Piece] = []
        var attributes: Piece?
        var entries = TreeEntries(bytes)
        while let entry = entries.next() {
            switch trie.share(of: entry, in: node) {
            case .whole:
                pieces.append(.whole(Array(entry.raw)))
            case .part(let child):
                pieces.append(.part(name: Array(entry.name), node: child, tree: entry.id))
            case nil where entry.name.elementsEqual(SelectionDigester.attributesName):
                attributes = .attributes(Array(entry.raw))
            case nil:
                break
            }
        }
        guard entries.isAtEnd else { return nil }
        return (attributes.map { [$0] } ?? []) + pieces
    }

    private func bytes(of id: ObjectID) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: ObjectID.byteCount) { buffer, count in
            id.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
            count = ObjectID.byteCount
        }
    }

    private func hash(_ content: [UInt8]) throws(GitError) -> ObjectID {
        var oid = git_oid()
        try checked("computing a digest") { git_odb_hash(&oid, content, content.count, GIT_OBJECT_BLOB) }
        return ObjectID(oid)
    }
}

extension Repository {
    /// Computes for each commit a digest of the selected content: the names, modes and ids of everything selected.
    ///
    /// Two commits have equal digests for the same selection exactly if the selected content is equal. The digests of
    /// different selections say nothing about each other.
    ///
    /// - Returns: As many digests as commits, in the same order.
    /// - Throws: `GitError` with the code `partialClone`, `missingObject` or `damagedObject` if a commit or one of its
    ///   directories cannot be read.
    public func digests(
        of commits: [ObjectID], over selection: TreeSelection
    ) throws(GitError) -> [ObjectID] {
        let operation = "comparing the files of commits"
        var digester = SelectionDigester(selection)
        var digests: [ObjectID] = []
        digests.reserveCapacity(commits.count)
        for commit in commits {
            let root = try objects.tree(of: commit, operation)
            digests.append(
                try digester.digest(ofRoot: root) { (tree, pick) throws(GitError) in
                    try objects.withObject(tree, GIT_OBJECT_TREE, operation) { (bytes) throws(GitError) in
                        guard let pieces = pick(bytes) else {
                            throw objects.damaged(operation, "The tree \(tree)", "it ends within an entry")
                        }
                        return pieces
                    }
                })
        }
        return digests
    }
}
