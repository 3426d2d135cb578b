import CGit2

/// Writes files into a slot in which a commit is checked out.
struct WorktreeReplacement {
    let slot: WorktreeSlot

    private var operation: String { "replacing files in \(slot.path)" }

    func run(_ replacements: [Replacement]) throws(GitError) {
        var targets: [(names: [[CChar]], content: Replacement.Content)] = []
        for replacement in replacements {
            targets.append((try replacement.names(operation), replacement.content))
        }
        try check(replacements)
        guard let commit = slot.completeCommit else {
            throw GitError(
                .worktree, operation: operation,
                message: "No commit is checked out in \(slot.path), so there are no files to replace. Check one out "
                    + "there first.")
        }
        try invalidate(replacements, of: commit)
        let root = try DirectoryDescriptor(slot.path)
        // All that goes away, goes first: a file may take the place of a directory, and the other way round.
        for target in targets where target.content == .absent { _ = try remove(target.names[...], in: root) }
        for target in targets { try write(target.content, target.names[...], in: root) }
    }

    /// Refuses what cannot all be there at the same time.
    private func check(_ replacements: [Replacement]) throws(GitError) {
        let files = Set(replacements.filter { $0.content != .absent }.map { Array($0.path.utf8) })
        for file in files {
            for slash in file.indices where file[slash] == UInt8(ascii: "/") && files.contains(Array(file[..<slash])) {
                let path = String(decoding: file, as: UTF8.self)
                throw GitError(
                    .invalidName, operation: operation,
                    message: "“\(path)” cannot be replaced: a part of this path would be a file as well.")
            }
        }
    }

    /// Makes the index describe no file that could be there, so that the next checkout replaces what will be there.
    ///
    /// Times alone would not show it: the clock of a file system is too coarse to tell two writes apart. The slot counts
    /// as complete before anything is written, since the next checkout has to sweep it, and not to fill it again.
    private func invalidate(_ replacements: [Replacement], of commit: ObjectID) throws(GitError) {
        try slot.breakLocks()
        try slot.markIncomplete()
        let index = try Handle(git_index_free, operation) { git_index_open($0, slot.admin + "/index") }
        for replacement in replacements {
            guard let present = git_index_get_bypath(index.pointer, replacement.path, 0) else { continue }
            var entry = git_index_entry()
            entry.mode = present.pointee.mode
            entry.id = present.pointee.id
            try checked(operation) {
                replacement.path.withCString {
                    entry.path = $0
                    return git_index_add(index.pointer, &entry)
                }
            }
        }
        try checked(operation) { git_index_write(index.pointer) }
        try slot.markComplete(commit)
    }

    /// Removes a file, and tells whether its directory may be empty after that.
    private func remove(
        _ names: ArraySlice<[CChar]>, in directory: borrowing DirectoryDescriptor
    ) throws(GitError) -> Bool {
        guard let name = names.first, let status = directory.status(name) else { return false }
        guard names.count > 1 else {
            if !status.isDirectory { try directory.remove(name) }
            return !status.isDirectory
        }
        // What lies behind a link or below a file does not lie at this path.
        guard status.isDirectory else { return false }
        try directory.makeAccessible(name, status)
        let isRemoved = try remove(names.dropFirst(), in: DirectoryDescriptor(name, in: directory))
        if isRemoved { directory.removeIfEmpty(name) }
        return isRemoved
    }

    private func write(
        _ content: Replacement.Content, _ names: ArraySlice<[CChar]>, in directory: borrowing DirectoryDescriptor
    ) throws(GitError) {
        guard content != .absent, let name = names.first else { return }
        let status = directory.status(name)
        guard names.count == 1 else {
            if let status, status.isDirectory {
                try directory.makeAccessible(name, status)
            } else {
                try directory.remove(name)
            }
            return try write(content, names.dropFirst(), in: DirectoryDescriptor(making: name, in: directory))
        }
        // A file that is written in place would keep its permissions.
        try directory.remove(name)
        switch content {
        case .file(let bytes, let isExecutable): try directory.makeFile(name, bytes, isExecutable: isExecutable)
        case .link(let target): try directory.makeLink(name, to: target)
        case .absent: break
        }
    }
}

extension Worktree {
    /// Writes some files over those of the commit that was checked out last. The next checkout takes that back, and
    /// writes no other files for it than these.
    ///
    /// All that is in the way of a file is removed: a directory with everything in it, and a link, which is never
    /// followed. A directory in which nothing is left is removed as well. Several calls add up.
    ///
    /// - Throws: `GitError` with the code `invalidName`, before anything is changed, if a path has an empty part or one
    ///   that is `.`, `..` or `.git`, or if a file is to lie below another file; `worktree` if no commit is checked out
    ///   completely; `fileSystem` if something cannot be written. Some of the files may be replaced then, and the next
    ///   checkout repairs that.
    public mutating func replace(_ replacements: [Replacement]) throws(GitError) {
        try WorktreeReplacement(slot: slot).run(replacements)
    }
}
