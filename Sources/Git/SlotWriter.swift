import CGit2

/// Writes files of a commit into a slot, and records each of them in the slot's index.
struct SlotWriter: ~Copyable {
    let objects: ObjectDatabase
    let index: Handle
    private let operation: String

    init(objects: consuming ObjectDatabase, index: consuming Handle, operation: String) {
        self.objects = objects
        self.index = index
        self.operation = operation
    }

    /// Turns the files of one tree into those of another one. Where both are equal, nothing is even read.
    func update(
        _ directory: borrowing DirectoryDescriptor, below prefix: [CChar] = [], from old: ObjectID?, to new: ObjectID
    ) throws(GitError) {
        guard old != new else { return }
        var remaining: [[CChar]: TreeItem] = [:]
        if let old {
            for item in try objects.items(of: old, operation) { remaining[item.name] = item }
        }
        var changed: [(new: TreeItem, oldTree: ObjectID?)] = []
        for item in try objects.items(of: new, operation) {
            let other = remaining.removeValue(forKey: item.name)
            guard other != item else { continue }
            if let other, other.mode.isTree, item.mode.isTree {
                changed.append((item, other.id))
            } else if let other, other.mode.isFile, other.mode == item.mode {
                // Written in place: making thousands of new files is what file systems are slowest at.
                changed.append((item, nil))
            } else {
                if let other { remaining[other.name] = other }
                changed.append((item, nil))
            }
        }
        // All that goes away, goes first: on some file systems, two names may mean the same file.
        for item in remaining.values { try remove(item, in: directory, below: prefix) }
        for (item, oldTree) in changed { try write(item, in: directory, below: prefix, replacing: oldTree) }
    }

    /// Writes those of the files at the paths that the tree has and the slot lacks.
    func restore(
        _ paths: [[CChar]], in root: borrowing DirectoryDescriptor, from tree: ObjectID
    ) throws(GitError) {
        for path in paths {
            try restore(path[...], below: [], in: root, from: tree)
        }
    }

    /// Writes the index.
    func finish() throws(GitError) {
        try checked(operation) { git_index_write(index.pointer) }
    }

    private func restore(
        _ path: ArraySlice<CChar>, below prefix: [CChar], in directory: borrowing DirectoryDescriptor,
        from tree: ObjectID
    ) throws(GitError) {
        let slash = path.firstIndex(of: CChar(bitPattern: UInt8(ascii: "/")))
        let name = slash.map { path[..<$0] + [0] } ?? path
        let items = try objects.items(of: tree, operation)
        guard let item = items.first(where: { $0.name.elementsEqual(name) }) else { return }
        if let slash, item.mode.isTree {
            let child = try DirectoryDescriptor(making: item.name, in: directory)
            try restore(path[(slash + 1)...], below: prefix + path[path.startIndex...slash], in: child, from: item.id)
        } else if slash == nil, !item.mode.isTree, directory.status(item.name) == nil {
            try write(item, in: directory, below: prefix, replacing: nil)
        }
    }

    private func remove(
        _ item: TreeItem, in directory: borrowing DirectoryDescriptor, below prefix: [CChar]
    ) throws(GitError) {
        let path = prefix + item.name
        try directory.remove(item.name)
        if item.mode.isTree {
            try checked(operation) { git_index_remove_directory(index.pointer, path, 0) }
        } else if git_index_find(nil, index.pointer, path) == 0 {
            try checked(operation) { git_index_remove(index.pointer, path, 0) }
        }
    }

    private func write(
        _ item: TreeItem, in directory: borrowing DirectoryDescriptor, below prefix: [CChar],
        replacing oldTree: ObjectID?
    ) throws(GitError) {
        guard item.isNameSafe else {
            throw objects.damaged(operation, "A directory in the commit", "“\(item.text)” is not a name for a file")
        }
        let path = prefix + item.name
        if item.mode.isTree {
            let child = try DirectoryDescriptor(making: item.name, in: directory)
            let below = path.dropLast() + [CChar(bitPattern: UInt8(ascii: "/"))]
            try update(child, below: Array(below), from: oldTree, to: item.id)
            // A tree without any file stands for no directory.
            directory.removeIfEmpty(item.name)
            return
        }
        if item.mode.isSubmodule {
            _ = try DirectoryDescriptor(making: item.name, in: directory)
        } else {
            let content = try objects.blob(item.id, operation)
            if item.mode.isLink {
                try directory.makeLink(item.name, to: content)
            } else {
                try directory.makeFile(item.name, content, isExecutable: item.mode.isExecutable)
            }
        }
        try record(item, path, directory.status(item.name))
    }

    private func record(_ item: TreeItem, _ path: [CChar], _ status: FileStatus?) throws(GitError) {
        var entry = git_index_entry()
        if let status, !item.mode.isSubmodule { status.copy(to: &entry) }
        entry.mode = item.mode.canonical.rawValue
        entry.id = item.id.oid
        try checked(operation) {
            path.withUnsafeBufferPointer {
                entry.path = $0.baseAddress
                return git_index_add(index.pointer, &entry)
            }
        }
    }
}
