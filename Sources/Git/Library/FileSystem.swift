// Whichever of both modules is read first owns `timespec`.
import CGit2

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The few things that git's own files need of the operating system.
enum FileSystem {
    /// The content of a small file; `nil` if it cannot be read.
    static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            content += buffer[..<count]
            if count < buffer.count { return ferror(file) == 0 ? content : nil }
        }
    }

    /// Why something cannot be read that is there; `nil` if nothing is.
    static func reasonUnreadable(_ path: String) -> String? {
        guard access(path, R_OK) != 0, errno != ENOENT, errno != ENOTDIR else { return nil }
        return String(cString: strerror(errno))
    }

    /// The content of a small text file, without white space at its ends; `nil` if it cannot be read.
    static func readLine(_ path: String) -> String? {
        read(path).map { trimmed(String(decoding: $0, as: UTF8.self)[...]) }
    }

    /// Writes a small file so that it has either its old content or a new one at every instant, whoever else writes it.
    static func write(_ text: String, to path: String) throws(GitError) {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).lock"
        guard let file = fopen(temporary, "wxe") else { throw failure("writing \(temporary)") }
        let written = fputs(text, file)
        guard fclose(file) == 0, written >= 0, rename(temporary, path) == 0 else {
            let failure = failure("writing \(path)")
            unlink(temporary)
            throw failure
        }
    }

    /// Makes a directory and those above it, as far as they are missing.
    static func makeDirectory(_ path: String) throws(GitError) {
        if mkdir(path, 0o777) == 0 { return }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try makeDirectory(String(path[..<slash]))
            if mkdir(path, 0o777) == 0 { return }
        }
        guard errno == EEXIST else { throw failure("making the directory \(path)") }
    }

    /// Makes a symbolic link.
    static func link(_ path: String, to target: String) throws(GitError) {
        guard symlink(target, path) == 0 || errno == EEXIST else { throw failure("making the link \(path)") }
    }

    /// Moves a file or directory.
    static func move(_ path: String, to other: String) throws(GitError) {
        guard rename(path, other) == 0 else { throw failure("moving \(path) to \(other)") }
    }

    /// The error for what the operating system refused just now.
    static func failure(_ operation: String) -> GitError {
        let reason = String(cString: strerror(errno))
        return GitError(
            .fileSystem, operation: operation,
            message: "Failed while \(operation): \(reason). Check the permissions and the free space there.")
    }
}

extension FileSystem {
    /// What is at a path, without following a symbolic link.
    enum Kind {
        case file, directory, other
    }

    /// What is at a path; `nil` if nothing is.
    static func kind(_ path: String) -> Kind? {
        status(path).map { $0.isDirectory ? .directory : $0.isFile ? .file : .other }
    }

    /// A text that changes whenever a file is written or replaced; `nil` if it isn't there.
    static func identity(_ path: String) -> String? {
        status(path).map { "\($0.inode) \($0.size) \($0.changed.tv_sec) \($0.changed.tv_nsec)" }
    }

    /// The size of a file in bytes; `nil` if it isn't there.
    static func size(_ path: String) -> Int64? { status(path)?.size }

    /// How many seconds ago a file was written; `nil` if it isn't there.
    static func age(_ path: String) -> Int? { status(path).map { time(nil) - $0.modified.tv_sec } }

    /// What a symbolic link points to; `nil` if it cannot be read.
    static func target(ofLink path: String) -> [UInt8]? {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &target, target.count)
        return count >= 0 ? target[..<count].map { UInt8(bitPattern: $0) } : nil
    }

    /// The names in a directory; none if it cannot be read.
    static func names(in path: String) -> [String] {
        guard let directory = try? DirectoryDescriptor(path), let names = try? directory.names() else { return [] }
        return names.map { String(name: $0) }
    }

    /// Removes a file, or a directory with everything in it, if it is there.
    static func removeTree(_ path: String) throws(GitError) {
        guard status(path) != nil, let slash = path.lastIndex(of: "/") else { return }
        let parent = try DirectoryDescriptor(String(path[..<slash]))
        let name = Array(String(path[path.index(after: slash)...]).utf8CString)
        try parent.remove(name)
    }

    /// Removes a directory if it is empty.
    static func removeEmptyDirectory(_ path: String) {
        _ = rmdir(path)
    }

    /// Gives the owner of a directory the permission to change it.
    static func makeAccessible(_ path: String) throws(GitError) {
        guard let status = status(path), status.permissions & 0o700 != 0o700 else { return }
        guard chmod(path, 0o755) == 0 else { throw failure("changing the permissions of \(path)") }
    }

    private static func status(_ path: String) -> FileStatus? {
        var status = stat()
        return lstat(path, &status) == 0 ? FileStatus(status) : nil
    }
}
