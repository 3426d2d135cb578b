import CGit2

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the operating system knows of a file, without following a symbolic link.
struct FileStatus {
    private let status: stat

    init(_ status: stat) {
        self.status = status
    }

    private var type: mode_t { status.st_mode & mode_t(S_IFMT) }

    var isDirectory: Bool { type == mode_t(S_IFDIR) }
    var isFile: Bool { type == mode_t(S_IFREG) }
    var permissions: mode_t { status.st_mode & 0o7777 }
    var device: UInt64 { UInt64(truncatingIfNeeded: status.st_dev) }
    var owner: UInt32 { status.st_uid }
    var group: UInt32 { status.st_gid }
    var size: Int64 { Int64(status.st_size) }
    var inode: UInt64 { UInt64(status.st_ino) }

    /// What git would record. Not among the modes that it uses for what cannot be recorded.
    var mode: FileMode { FileMode(rawValue: UInt32(status.st_mode)).canonical }

    #if canImport(Darwin)
        var modified: timespec { status.st_mtimespec }
        var changed: timespec { status.st_ctimespec }
    #else
        var modified: timespec { status.st_mtim }
        var changed: timespec { status.st_ctim }
    #endif
}

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
