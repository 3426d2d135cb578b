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
/// libgit2 leaves repositories inside of a work tree alone, cannot remove what lies in a directory without write
/// permission, and takes a file for unchanged if its size and modification time are. All of these are things that a
/// benchmark may leave behind. Files that were changed are removed here, and the checkout writes them again.
struct SlotSweep {
    /// The index that the last checkout wrote, which is sorted by path.
    private let index: OpaquePointer
    /// For each entry of the index, whether it is there as described.
    private var isPresent: [Bool]

    init(index: OpaquePointer) {
        self.index = index
        isPresent = Array(repeating: false, count: git_index_entrycount(index))
    }

    /// Sweeps the directory with all directories below.
    mutating func run(_ root: String) throws(GitError) {
        try FileSystem.makeAccessible(root)
        let directory = try DirectoryDescriptor(root)
        for name in try directory.names() where !name.elementsEqual(".git".utf8CString) {
            try sweep(name, in: directory, below: [])
        }
    }

    /// The paths in the index that are not there after the sweep, each with a zero byte at its end.
    func missing() -> [[CChar]] {
        isPresent.indices.filter { !isPresent[$0] }.compactMap { position in
            git_index_get_byindex(index, position)?.pointee.path.map { Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
        }
    }

    /// `prefix` is the path of `directory` from the slot's root, with a slash at its end.
    private mutating func sweep(
        _ name: [CChar], in directory: borrowing DirectoryDescriptor, below prefix: [CChar]
    ) throws(GitError) {
        guard let status = directory.status(name) else { return }
        let path = prefix + name
        var position = 0
        let isKnown = git_index_find(&position, index, path) == 0
        guard status.isDirectory else {
            if isKnown, isUnchanged(position, status) {
                isPresent[position] = true
            } else {
                try directory.removeFile(name)
            }
            return
        }
        // `path` ends in a zero byte, which gives way to a slash.
        let below = path.dropLast() + [CChar(bitPattern: UInt8(ascii: "/"))]
        guard git_index_find_prefix(nil, index, Array(below + [0])) == 0 else {
            try directory.removeDirectory(name)
            return
        }
        try directory.makeAccessible(name, status)
        let child = try DirectoryDescriptor(name, in: directory)
        for name in try child.names() { try sweep(name, in: child, below: Array(below)) }
    }

    private func isUnchanged(_ position: Int, _ status: FileStatus) -> Bool {
        guard let entry = git_index_get_byindex(index, position)?.pointee else { return false }
        return entry.mode == status.gitMode
            && entry.file_size == UInt32(truncatingIfNeeded: status.size)
            && entry.ino == UInt32(truncatingIfNeeded: status.inode)
            && entry.ctime.matches(status.changed) && entry.mtime.matches(status.modified)
    }
}

extension git_index_time {
    fileprivate func matches(_ time: timespec) -> Bool {
        seconds == Int32(truncatingIfNeeded: time.tv_sec) && nanoseconds == UInt32(truncatingIfNeeded: time.tv_nsec)
    }
}
