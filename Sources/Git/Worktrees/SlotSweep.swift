import CGit2

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Removes everything from a slot that is not exactly as the last checkout wrote it.
///
/// What counts is the time of the last status change, which nobody can set: a benchmark may have kept a file's size
/// and date. Files that were changed are removed as well, and written again later.
struct SlotSweep {
    /// The index that the last checkout wrote, which is sorted by path.
    private let index: OpaquePointer
    /// For each entry of the index, whether it is there as described.
    private var isPresent: [Bool]

    init(index: OpaquePointer) {
        self.index = index
        isPresent = Array(repeating: false, count: git_index_entrycount(index))
    }

    /// Sweeps the directory with all directories below, and returns the paths in the index that are not there then,
    /// each with a zero byte at its end.
    consuming func run(_ root: String) throws(GitError) -> [[CChar]] {
        let directory = try DirectoryDescriptor(root)
        for name in try directory.names() where name != WorktreeSlot.linkName {
            try sweep(name, in: directory, below: [])
        }
        return isPresent.indices.filter { !isPresent[$0] }.compactMap { position in
            guard let path = git_index_get_byindex(index, position)?.pointee.path else { return nil }
            return Array(UnsafeBufferPointer(start: path, count: strlen(path) + 1))
        }
    }

    /// `prefix` is the path of `directory` from the slot's root, with a slash at its end.
    private mutating func sweep(
        _ name: [CChar], in directory: borrowing DirectoryDescriptor, below prefix: [CChar]
    ) throws(GitError) {
        guard let status = directory.status(name) else { return }
        let path = prefix + name
        guard status.isDirectory else {
            var position = 0
            if git_index_find(&position, index, path) == 0,
                let entry = git_index_get_byindex(index, position), status.matches(entry.pointee)
            {
                isPresent[position] = true
            } else {
                try directory.remove(name)
            }
            return
        }
        var position = 0
        if git_index_find(&position, index, path) == 0,
            git_index_get_byindex(index, position).map({ FileMode(rawValue: $0.pointee.mode).isSubmodule }) == true
        {
            // What is in a submodule is not this index's.
            try directory.makeAccessible(name, status)
            isPresent[position] = true
            return
        }
        // `path` ends in a zero byte, which gives way to a slash.
        let below = path.dropLast() + [CChar(bitPattern: UInt8(ascii: "/"))]
        guard git_index_find_prefix(nil, index, Array(below + [0])) == 0 else {
            try directory.remove(name)
            return
        }
        try directory.makeAccessible(name, status)
        let child = try DirectoryDescriptor(name, in: directory)
        for name in try child.names() { try sweep(name, in: child, below: Array(below)) }
    }
}
