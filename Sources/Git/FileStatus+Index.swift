import CGit2

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension FileStatus {
    /// Records this in an entry of the index, which keeps 32 bits of each number.
    func copy(to entry: inout git_index_entry) {
        entry.ctime = FileStatus.time(changed)
        entry.mtime = FileStatus.time(modified)
        entry.dev = UInt32(truncatingIfNeeded: device)
        entry.ino = UInt32(truncatingIfNeeded: inode)
        entry.uid = owner
        entry.gid = group
        entry.file_size = UInt32(truncatingIfNeeded: size)
    }

    /// Whether this is what was recorded in an entry of the index.
    func matches(_ entry: git_index_entry) -> Bool {
        var other = entry
        copy(to: &other)
        return mode.rawValue == entry.mode
            && other.file_size == entry.file_size && other.ino == entry.ino
            && other.ctime.seconds == entry.ctime.seconds && other.ctime.nanoseconds == entry.ctime.nanoseconds
            && other.mtime.seconds == entry.mtime.seconds && other.mtime.nanoseconds == entry.mtime.nanoseconds
    }

    private static func time(_ time: timespec) -> git_index_time {
        git_index_time(
            seconds: Int32(truncatingIfNeeded: time.tv_sec), nanoseconds: UInt32(truncatingIfNeeded: time.tv_nsec))
    }
}
