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
    var size: Int64 { Int64(status.st_size) }
    var inode: UInt64 { UInt64(status.st_ino) }

    /// The mode that git records for such a file; 0 for what git cannot record.
    var gitMode: UInt32 {
        switch type {
        case mode_t(S_IFREG): permissions & 0o100 != 0 ? 0o100755 : 0o100644
        case mode_t(S_IFLNK): 0o120000
        default: 0
        }
    }

    #if canImport(Darwin)
        var modified: timespec { status.st_mtimespec }
        var changed: timespec { status.st_ctimespec }
    #else
        var modified: timespec { status.st_mtim }
        var changed: timespec { status.st_ctim }
    #endif
}
