#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open directory. Names are looked up relative to it and never through a symbolic link, so that nothing outside
/// can be reached; they are kept as bytes with a zero at the end, because a benchmark may make names that are not text.
struct DirectoryDescriptor: ~Copyable {
    private let descriptor: Int32
    private let path: String

    private static let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

    init(_ path: String) throws(GitError) {
        let descriptor = open(path, DirectoryDescriptor.flags)
        guard descriptor >= 0 else { throw FileSystem.failure("reading the directory \(path)") }
        self.descriptor = descriptor
        self.path = path
    }

    init(_ name: [CChar], in parent: borrowing DirectoryDescriptor) throws(GitError) {
        let path = parent.path(of: name)
        let descriptor = openat(parent.descriptor, name, DirectoryDescriptor.flags)
        guard descriptor >= 0 else { throw FileSystem.failure("reading the directory \(path)") }
        self.descriptor = descriptor
        self.path = path
    }

    /// Opens a directory, and makes it if there is none.
    init(making name: [CChar], in parent: borrowing DirectoryDescriptor) throws(GitError) {
        guard mkdirat(parent.descriptor, name, 0o777) == 0 || errno == EEXIST else {
            throw FileSystem.failure("making the directory \(parent.path(of: name))")
        }
        try self.init(name, in: parent)
    }

    deinit {
        close(descriptor)
    }

    /// The names of what is in the directory, without `.` and `..`. Can be asked for once.
    func names() throws(GitError) -> [[CChar]] {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0, let stream = fdopendir(copy) else {
            throw FileSystem.failure("reading the directory \(path)")
        }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { text in
                    Array(UnsafeBufferPointer(start: text, count: strlen(text) + 1))
                }
            }
            if name != [46, 0], name != [46, 46, 0] { names.append(name) }
        }
        return names
    }

    /// What is known of a name; `nil` if it isn't there.
    func status(_ name: [CChar]) -> FileStatus? {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? FileStatus(status) : nil
    }

    /// Removes whatever has the name, a directory with everything in it. Does nothing if there is nothing.
    func remove(_ name: [CChar]) throws(GitError) {
        guard let status = status(name) else { return }
        if status.isDirectory {
            try makeAccessible(name, status)
            let child = try DirectoryDescriptor(name, in: self)
            for name in try child.names() { try child.remove(name) }
        }
        guard unlinkat(descriptor, name, status.isDirectory ? AT_REMOVEDIR : 0) == 0 else {
            throw FileSystem.failure("removing \(path(of: name))")
        }
    }

    /// Removes a directory if nothing is in it.
    func removeIfEmpty(_ name: [CChar]) {
        _ = unlinkat(descriptor, name, AT_REMOVEDIR)
    }

    /// Writes a file, over one of the same name if that is a plain file without another name.
    func makeFile(_ name: [CChar], _ content: [UInt8], isExecutable: Bool) throws(GitError) {
        let file = try openFile(name, isExecutable: isExecutable)
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { break }
            rest = rest.dropFirst(max(count, 0))
        }
        // Cut to length at the end, since some file systems write a file out that was emptied first.
        let isWhole = rest.isEmpty && ftruncate(file, off_t(content.count)) == 0
        guard close(file) == 0, isWhole else { throw FileSystem.failure("writing \(path(of: name))") }
    }

    private func openFile(_ name: [CChar], isExecutable: Bool) throws(GitError) -> Int32 {
        let flags = O_WRONLY | O_NOFOLLOW | O_CLOEXEC
        let present = openat(descriptor, name, flags | O_NONBLOCK)
        if present >= 0 {
            var status = stat()
            // Another name may lie outside of the slot, where nothing is ours to change.
            if fstat(present, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 { return present }
            close(present)
        }
        try remove(name)
        let file = openat(descriptor, name, flags | O_CREAT | O_EXCL, isExecutable ? 0o777 : 0o666)
        guard file >= 0 else { throw FileSystem.failure("writing \(path(of: name))") }
        return file
    }

    /// Makes a symbolic link, where nothing must be yet.
    func makeLink(_ name: [CChar], to target: [UInt8]) throws(GitError) {
        guard symlinkat(target.map { CChar(bitPattern: $0) } + [0], descriptor, name) == 0 else {
            throw FileSystem.failure("writing \(path(of: name))")
        }
    }

    /// Gives the owner of a directory the permission to change it.
    func makeAccessible(_ name: [CChar], _ status: FileStatus) throws(GitError) {
        guard status.permissions & 0o700 != 0o700 else { return }
        guard fchmodat(descriptor, name, 0o755, 0) == 0 else {
            throw FileSystem.failure("changing the permissions of \(path(of: name))")
        }
    }

    private func path(of name: [CChar]) -> String {
        path + "/" + String(name: name)
    }
}
