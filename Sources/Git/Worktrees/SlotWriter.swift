import CGit2

/// Writes files of a commit into a slot, and records each of them in the slot's index.
struct SlotWriter {
    let index: OpaquePointer
    let rules: CheckoutRules
    let operation: String
    let unfaithful = UnfaithfulPaths()

    /// What could not be made as it should be.
    final class UnfaithfulPaths {
        var files: [UnfaithfulFile] = []
    }

    /// Turns the files of one tree into those of another one. Where both are equal, and written in the same way, nothing is
    /// even read.
    func update(
        _ directory: borrowing DirectoryDescriptor, from old: ObjectID?, to new: ObjectID,
        _ objects: borrowing ObjectDatabase, _ attributes: Attributes
    ) throws(GitError) {
        try update(directory, below: [], from: old, to: new, objects, attributes, attributes)
    }

    private func update(
        _ directory: borrowing DirectoryDescriptor, below prefix: [CChar], from old: ObjectID?, to new: ObjectID,
        _ objects: borrowing ObjectDatabase, _ oldAttributes: Attributes, _ attributes: Attributes
    ) throws(GitError) {
        guard old != new || oldAttributes != attributes else { return }
        let items = try objects.items(of: new, operation)
        let oldItems = try old.map { (old) throws(GitError) in try objects.items(of: old, operation) } ?? []
        let attributes = try reading(items, below: prefix, objects, after: attributes)
        let oldAttributes = try reading(oldItems, below: prefix, objects, after: oldAttributes)
        let areWrittenAlike = attributes == oldAttributes
        var remaining: [[CChar]: TreeItem] = [:]
        for item in oldItems { remaining[item.name] = item }
        var names: Set<[CChar]> = []
        var changed: [(new: TreeItem, old: TreeItem?)] = []
        for item in items {
            try check(item, names.insert(item.name).inserted)
            let other = remaining.removeValue(forKey: item.name)
            if other == item {
                if areWrittenAlike || item.mode.isLink || item.mode.isSubmodule { continue }
                let path = prefix + item.name
                if item.mode.isFile, conversion(of: path, oldAttributes) == conversion(of: path, attributes) {
                    continue
                }
                changed.append((item, other))
            } else if let other,
                other.mode.isTree && item.mode.isTree || other.mode.isSubmodule && item.mode.isSubmodule
            {
                changed.append((item, other))
            } else if let other, other.mode.isFile, other.mode == item.mode {
                // Written in place: making thousands of new files is what file systems are slowest at.
                changed.append((item, other))
            } else {
                if let other { remaining[other.name] = other }
                changed.append((item, nil))
            }
        }
        // All that goes away, goes first: on some file systems, two names may mean the same file.
        for item in remaining.values { try remove(item, in: directory, below: prefix) }
        for (item, old) in changed {
            if old == nil, directory.status(item.name) != nil {
                throw impossible("two of its names, one of them “\(item.text)”, are the same on this file system")
            }
            if item.mode.isTree {
                let child = try DirectoryDescriptor(making: item.name, in: directory)
                try update(
                    child, below: below(prefix, item), from: old?.id, to: item.id, objects, oldAttributes, attributes)
                // A tree without any file stands for no directory.
                directory.removeIfEmpty(item.name)
            } else {
                try write(item, in: directory, below: prefix, objects, attributes)
            }
        }
    }

    /// Writes those of the files at the paths that the tree has and the slot lacks.
    ///
    /// - Parameter paths: From the root or, within a directory, from there on.
    func restore(
        _ paths: [ArraySlice<CChar>], below prefix: [CChar] = [], in directory: borrowing DirectoryDescriptor,
        from tree: ObjectID, _ objects: borrowing ObjectDatabase, _ attributes: Attributes
    ) throws(GitError) {
        guard !paths.isEmpty else { return }
        let slash = CChar(bitPattern: UInt8(ascii: "/"))
        var inside: [[CChar]: [ArraySlice<CChar>]] = [:]
        for path in paths {
            let name = path.prefix { $0 != slash }
            let rest = path[name.endIndex...].dropFirst()
            inside[rest.isEmpty ? Array(name) : name + [0], default: []].append(rest)
        }
        let items = try objects.items(of: tree, operation)
        let attributes = try reading(items, below: prefix, objects, after: attributes)
        for item in items {
            guard let rests = inside[item.name] else { continue }
            if item.mode.isTree {
                let deeper = rests.filter { !$0.isEmpty }
                guard !deeper.isEmpty else { continue }
                let child = try DirectoryDescriptor(making: item.name, in: directory)
                try restore(deeper, below: below(prefix, item), in: child, from: item.id, objects, attributes)
                directory.removeIfEmpty(item.name)
            } else if rests.contains(where: \.isEmpty), directory.status(item.name) == nil {
                try write(item, in: directory, below: prefix, objects, attributes)
            }
        }
    }

    private func below(_ prefix: [CChar], _ item: TreeItem) -> [CChar] {
        prefix + item.name.dropLast() + [CChar(bitPattern: UInt8(ascii: "/"))]
    }

    /// The attributes of the files in a directory, given those of the directory above.
    private func reading(
        _ items: [TreeItem], below prefix: [CChar], _ objects: borrowing ObjectDatabase, after above: Attributes
    ) throws(GitError) -> Attributes {
        guard let file = items.first(where: { $0.mode.isBlob && $0.name == SlotWriter.attributesName }) else {
            return above
        }
        var attributes = above
        try attributes.add(objects.blob(file.id, operation), below: prefix)
        return attributes
    }

    private static let attributesName = Array(".gitattributes".utf8CString)

    private func conversion(of path: [CChar], _ attributes: Attributes) -> Conversion {
        Conversion(attributes.states(of: path.dropLast().map { UInt8(bitPattern: $0) }), rules)
    }

    private func check(_ item: TreeItem, _ isOnly: Bool) throws(GitError) {
        if let obstacle = item.obstacle { throw impossible(obstacle) }
        if !isOnly { throw impossible("it has “\(item.text)” twice") }
    }

    private func impossible(_ reason: String) -> GitError {
        GitError(
            .impossibleTree, operation: operation,
            message: "The files of this commit cannot be checked out: \(reason).")
    }

    private func remove(
        _ item: TreeItem, in directory: borrowing DirectoryDescriptor, below prefix: [CChar]
    ) throws(GitError) {
        let path = prefix + item.name
        try directory.remove(item.name)
        if item.mode.isTree {
            try checked(operation) { git_index_remove_directory(index, path, 0) }
        } else if git_index_find(nil, index, path) == 0 {
            try checked(operation) { git_index_remove(index, path, 0) }
        }
    }

    private func write(
        _ item: TreeItem, in directory: borrowing DirectoryDescriptor, below prefix: [CChar],
        _ objects: borrowing ObjectDatabase, _ attributes: Attributes
    ) throws(GitError) {
        let path = prefix + item.name
        guard !item.mode.isSubmodule else {
            _ = try DirectoryDescriptor(making: item.name, in: directory)
            return try record(item, path, nil)
        }
        guard let content = try content(of: item, at: path, objects) else {
            try directory.remove(item.name)
            return try record(item, path, nil)
        }
        guard !item.mode.isLink else {
            try directory.makeLink(item.name, to: content)
            return try record(item, path, directory.status(item.name))
        }
        let made = try conversion(of: path, attributes).make(content, item, at: path, rules)
        try directory.makeFile(item.name, made.content, isExecutable: item.mode.isExecutable)
        guard let reason = made.reason else { return try record(item, path, directory.status(item.name)) }
        unfaithful.files.append(UnfaithfulFile(path: String(name: path), reason: reason))
        // Without a status, the next checkout writes the file again: what it lacks may be there then.
        try record(item, path, nil)
    }

    /// What a file has; `nil` in a partial clone that lacks it.
    private func content(
        of item: TreeItem, at path: [CChar], _ objects: borrowing ObjectDatabase
    ) throws(GitError) -> [UInt8]? {
        let path = String(name: path)
        if let content = try objects.content(item.id, ofFile: path, operation) { return content }
        unfaithful.files.append(
            UnfaithfulFile(
                path: path, reason: "\(path) is not in this partial clone: git fetch --refetch --no-filter"))
        return nil
    }

    private func record(_ item: TreeItem, _ path: [CChar], _ status: FileStatus?) throws(GitError) {
        var entry = git_index_entry()
        if let status { status.copy(to: &entry) }
        entry.mode = item.mode.canonical.rawValue
        entry.id = item.id.oid
        try checked(operation) {
            path.withUnsafeBufferPointer {
                entry.path = $0.baseAddress
                return git_index_add(index, &entry)
            }
        }
    }
}

/// Something in a worktree slot that is not as git, and the programs that the user has set up for it, would have made it.
public struct UnfaithfulFile: Sendable, Hashable {
    /// The path of a file or a submodule, from the root of the slot.
    public let path: String
    /// Why: a clause that names the path and says what to do.
    public let reason: String

    /// Makes one from its parts.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

extension TreeSelection {
    /// Whether something that is chosen is this file, or inside of it, or may be.
    public func concerns(_ file: UnfaithfulFile) -> Bool {
        contains(file.path) || paths.union(directories).contains { $0.hasPrefix(file.path + "/") || $0 == file.path }
    }
}
