import CGit2

/// Fills the submodules of a tree that is checked out, from what the repository has of them already.
struct SubmoduleCheckout {
    /// The folder for the indexes that tell what the last checkouts wrote.
    let admin: String
    /// The slot's root, below which the submodules' folders are filled.
    let root: String
    let rules: CheckoutRules
    let operation: String

    /// Fills submodules, and those inside of them.
    ///
    /// - Parameters:
    ///   - submodules: Their paths from the tree's root, and their commits.
    ///   - tree: The tree that names them.
    ///   - gitDirectories: The git directories of the repository that the tree is from.
    ///   - prefix: Where the tree is checked out, from the slot's root, with a slash at the end.
    /// - Returns: Those that could not be filled, and what is in the others unlike git would have made it.
    func run(
        _ submodules: [(path: String, commit: ObjectID)], of tree: ObjectID, _ objects: borrowing ObjectDatabase,
        in gitDirectories: [String], below prefix: String = ""
    ) throws(GitError) -> [UnfaithfulFile] {
        guard !submodules.isEmpty else { return [] }
        let names = try SubmoduleNames(of: tree, objects, scratch: admin, operation)
        var unfaithful: [UnfaithfulFile] = []
        for (path, commit) in submodules {
            let place = prefix + path
            let candidates = gitDirectories.flatMap { self.candidates(path, names[path], in: $0) }
            if let directory = candidates.first(where: { has(commit, $0) }) {
                unfaithful += try fill(place, commit, from: directory)
            } else {
                try FileSystem.removeTree(admin + "/" + key(place))
                try empty(place)
                unfaithful.append(
                    UnfaithfulFile(
                        path: place,
                        reason: "the submodule \(place) is not here at \(commit.short): git submodule update --init "
                            + "--recursive -- \(place)"))
            }
        }
        return unfaithful
    }

    /// Where git keeps a submodule's repository: for the main work tree, for linked ones, or, from of old, inside of it.
    private func candidates(_ path: String, _ name: String?, in gitDirectory: String) -> [String] {
        let inside = gitDirectory.hasSuffix("/.git") ? ["\(gitDirectory.dropLast("/.git".count))/\(path)/.git"] : []
        guard let name else { return inside }
        let linked = FileSystem.names(in: gitDirectory + "/worktrees").map { "\(gitDirectory)/worktrees/\($0)" }
        return ([gitDirectory] + linked).map { "\($0)/modules/\(name)" } + inside
    }

    private func has(_ commit: ObjectID, _ directory: String) -> Bool {
        guard FileSystem.kind(directory + "/objects") == .directory,
            let objects = try? ObjectDatabase(in: directory)
        else { return false }
        return objects.contains(commit)
    }

    private func fill(_ place: String, _ commit: ObjectID, from directory: String) throws(GitError) -> [UnfaithfulFile]
    {
        let files = admin + "/" + key(place)
        try FileSystem.makeDirectory(files)
        var rules = rules
        rules.largeFiles = directory + "/lfs/objects"
        rules.lastAttributes = FileSystem.read(directory + "/info/attributes")
            .map { AttributeFile($0, allowsMacros: true) }
        let mark = CheckoutMark(path: files + "/complete", index: files + "/index", rules: rules)
        let complete = mark.commit
        try mark.remove()
        let objects = try ObjectDatabase(in: directory)
        // What was checked out may be gone by now.
        let old = complete.flatMap { try? objects.tree(of: $0, operation) }
        if old == nil {
            try FileSystem.removeTree(mark.index)
            try empty(place)
        }
        let tree = try objects.tree(of: commit, operation)
        let checkout = TreeCheckout(root: "\(root)/\(place)", index: mark.index, rules: rules, operation: operation)
        let outcome = try checkout.run(from: old, to: tree, objects)
        let unfaithful = try run(outcome.submodules, of: tree, objects, in: [directory], below: place + "/")
        try mark.write(commit)
        return outcome.unfaithful.map {
            UnfaithfulFile(path: "\(place)/\($0.path)", reason: "in the submodule \(place), \($0.reason)")
        }
            + unfaithful
    }

    private func empty(_ place: String) throws(GitError) {
        let directory = try DirectoryDescriptor("\(root)/\(place)")
        for name in try directory.names() { try directory.remove(name) }
    }

    /// A name for the files that are kept of a submodule.
    private func key(_ place: String) -> String {
        var oid = git_oid()
        _ = git_odb_hash(&oid, Array(place.utf8), place.utf8.count, GIT_OBJECT_BLOB)
        return ObjectID(oid).description
    }
}

/// The names of submodules by their paths, as a tree's `.gitmodules` has them.
struct SubmoduleNames {
    private var names: [String: String] = [:]

    subscript(path: String) -> String? { names[path] }

    /// Reads `.gitmodules`, by way of a file in the folder `scratch`, since libgit2 1.5 reads settings from files alone.
    init(
        of tree: ObjectID, _ objects: borrowing ObjectDatabase, scratch: String, _ operation: String
    ) throws(GitError) {
        let name = Array(".gitmodules".utf8CString)
        guard let file = try objects.items(of: tree, operation).first(where: { $0.name == name && $0.mode.isFile })
        else {
            return
        }
        let path = scratch + "/gitmodules"
        try FileSystem.makeDirectory(scratch)
        try FileSystem.write(String(decoding: objects.blob(file.id, operation), as: UTF8.self), to: path)
        guard
            let settings = try? Handle(git_config_free, operation, make: { git_config_open_ondisk($0, path) }),
            let iterator = try? Handle(
                git_config_iterator_free, operation,
                make: { git_config_iterator_glob_new($0, settings.pointer, "^submodule\\..*\\.path$") })
        else { return }
        var entry: UnsafeMutablePointer<git_config_entry>?
        while git_config_next(&entry, iterator.pointer) == 0, let entry, let value = entry.pointee.value {
            let name = String(cString: entry.pointee.name).dropFirst("submodule.".count).dropLast(".path".count)
            // A name is a part of a path, and must not lead out of there.
            guard !name.isEmpty, !name.split(separator: "/", omittingEmptySubsequences: false).contains("..") else {
                continue
            }
            names[trimmed(String(cString: value)[...])] = String(name)
        }
        git_error_clear()
    }
}
