import CGit2

/// What git would store of the files of a work tree: `git add` changes line ends and ids as attributes and settings ask for.
///
/// libgit2 has its own reading of attributes, which differs from git's; a snapshot must have what git would commit.
struct StoredContents: ~Copyable {
    private let root: String
    private let rules: CheckoutRules
    private let index: Handle
    private let operation: String
    private var lookup: AttributeLookup

    /// - Parameter root: The root of the work tree.
    init(
        _ repository: OpaquePointer, below root: String, _ rules: CheckoutRules, _ operation: String
    ) throws(GitError) {
        (self.root, self.rules, self.operation) = (root, rules, operation)
        index = try Handle(git_index_free, operation) { git_repository_index($0, repository) }
        lookup = AttributeLookup(rules)
    }

    /// The bytes to store for a file; those of the work tree where a program would have to run.
    ///
    /// Of a content that Git LFS has been given already, the index has the pointer.
    mutating func stored(
        _ content: [UInt8], of path: String, _ objects: borrowing ObjectDatabase
    ) throws(GitError) -> [UInt8] {
        var lookup = lookup
        let conversion = try lookup.conversion(of: path) { (path) throws(GitError) in
            let file = root + "/" + path
            // What a sparse checkout leaves out counts all the same.
            return FileSystem.kind(file) == .file ? FileSystem.read(file) : try indexed(path, objects)
        }
        self.lookup = lookup
        if conversion.filter == "lfs", let pointer = try indexed(path, objects), let file = LargeFile(pointer: pointer),
            file.size == content.count, file.content(in: rules.largeFiles) == content
        {
            return pointer
        }
        if conversion.needsProgram(rules) { return content }
        var keepsReturns = false
        if conversion.storedLineEnds == .lfInText, content.contains(13), let old = try indexed(path, objects) {
            keepsReturns = LineEnding.hasReturns(old)
        }
        return conversion.store(content, keepsReturns: keepsReturns)
    }

    /// The content that the index has for a file; in a merge, that of our side.
    private borrowing func indexed(
        _ path: String, _ objects: borrowing ObjectDatabase
    ) throws(GitError) -> [UInt8]? {
        guard
            let entry = (git_index_get_bypath(index.pointer, path, 0) ?? git_index_get_bypath(index.pointer, path, 2))?
                .pointee, FileMode(rawValue: entry.mode).isFile
        else { return nil }
        return try objects.blob(ObjectID(entry.id), operation)
    }
}
