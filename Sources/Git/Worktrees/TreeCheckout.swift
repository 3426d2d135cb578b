import CGit2

/// Makes the files in a directory equal to a tree's; those inside of submodules are left alone.
struct TreeCheckout {
    let root: String
    /// The index that the last checkout wrote.
    let index: String
    let rules: CheckoutRules
    let operation: String

    /// What there is to know afterwards.
    struct Outcome {
        var unfaithful: [UnfaithfulFile] = []
        /// The submodules, with their paths from the root and the commits that they are to be at.
        var submodules: [(path: String, commit: ObjectID)] = []
    }

    /// - Parameter old: The tree that the last checkout wrote; `nil` if the directory is empty.
    func run(
        from old: ObjectID?, to new: ObjectID, _ objects: borrowing ObjectDatabase
    ) throws(GitError) -> Outcome {
        let path = index
        let index = try Handle(git_index_free, operation) { git_index_open($0, path) }
        let directory = try DirectoryDescriptor(root)
        let missing = old == nil ? [] : try SlotSweep(index: index.pointer).run(root)
        let writer = SlotWriter(index: index.pointer, rules: rules, operation: operation)
        let attributes = Attributes(rules)
        try writer.update(directory, from: old, to: new, objects, attributes)
        try writer.restore(missing.map { $0[...] }, in: directory, from: new, objects, attributes)
        try checked(operation) { git_index_write(index.pointer) }
        return Outcome(unfaithful: writer.unfaithful.files, submodules: TreeCheckout.submodules(index.pointer))
    }

    private static func submodules(_ index: OpaquePointer) -> [(path: String, commit: ObjectID)] {
        (0..<git_index_entrycount(index)).compactMap { position in
            guard let entry = git_index_get_byindex(index, position)?.pointee,
                FileMode(rawValue: entry.mode).isSubmodule, let path = entry.path
            else { return nil }
            return (String(cString: path), ObjectID(entry.id))
        }
    }
}
