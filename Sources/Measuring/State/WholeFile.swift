import class Foundation.FileManager

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes files so that each has either its old content or the new one at every instant.
///
/// The new content is in a folder of ours until it is whole, so that nothing of ours is left beside the user's files
/// when the program is killed; the next one that writes there removes what was left.
public struct WholeFile: Sendable {
    /// Where the file is to be.
    public let path: String
    private let temporaries: String

    /// A file that is written by way of a folder, which is made when it is needed.
    init(_ path: String, by temporaries: String) { (self.path, self.temporaries) = (path, temporaries) }

    /// A file that is written by way of a repository's state.
    public init(_ path: String, by state: StateDirectory) { self.init(path, by: state.temporaries) }

    /// Writes the file. A regular file is replaced, and keeps its mode and its owner; a device, a pipe, a link, or a file
    /// with further names is opened and written.
    ///
    /// - Throws: `Refusal`.
    public func write(_ content: some Sequence<UInt8>) throws(Refusal) {
        let content = Array(content)
        var old = stat()
        let exists = lstat(path, &old) == 0
        if exists, old.st_mode & S_IFMT != S_IFREG || old.st_nlink > 1 { return try overwrite(content) }
        let beside = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        // A file can only be moved within a file system, and to where one may write.
        for folder in [temporaries, beside] {
            if try replace(by: content, in: folder, like: exists ? old : nil) { return }
        }
        try overwrite(content)
    }

    /// Puts a new file in the place of the old one.
    ///
    /// - Returns: Whether that could be done by way of the folder.
    private func replace(by content: [UInt8], in folder: String, like old: stat?) throws(Refusal) -> Bool {
        if folder == temporaries { prepare() }
        let temporary = "\(folder)/.allocbisect-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard file >= 0 else { return try passable() }
        var isMoved = false
        defer {
            close(file)
            if !isMoved { unlink(temporary) }
        }
        try WholeFile.write(content, to: file)
        if let old {
            // Who is not allowed to hand the file back to its owner keeps it.
            _ = fchown(file, old.st_uid, old.st_gid)
            guard fchmod(file, old.st_mode & 0o7777) == 0 else { throw Refusal() }
        }
        isMoved = rename(temporary, path) == 0
        return isMoved ? true : try passable()
    }

    /// Whether another way may do, after the operating system refused one; its reason otherwise.
    private func passable() throws(Refusal) -> Bool {
        guard [EXDEV, EACCES, EPERM, EROFS, ENOENT, ENOTDIR].contains(errno) else { throw Refusal() }
        return false
    }

    private func overwrite(_ content: [UInt8]) throws(Refusal) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw Refusal() }
        defer { close(file) }
        try WholeFile.write(content, to: file)
    }

    /// Makes the folder, and removes what programs that have ended left there.
    private func prepare() {
        let files = FileManager.default
        try? files.createDirectory(atPath: temporaries, withIntermediateDirectories: true)
        for name in (try? files.contentsOfDirectory(atPath: temporaries)) ?? [] {
            let process = name.split(separator: "-").dropFirst().first.flatMap { pid_t($0) }
            if let process, kill(process, 0) != 0, errno == ESRCH { unlink("\(temporaries)/\(name)") }
        }
    }

    private static func write(_ content: [UInt8], to file: Int32) throws(Refusal) {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                #if canImport(Glibc)
                    Glibc.write(file, bytes.baseAddress, bytes.count)
                #else
                    Darwin.write(file, bytes.baseAddress, bytes.count)
                #endif
            }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw Refusal() }
        }
    }

    /// Why a file could not be written, in the operating system's words.
    public struct Refusal: Error, CustomStringConvertible {
        /// The operating system's words, such as `No space left on device`.
        public let description: String

        init() { description = String(cString: strerror(errno)) }
    }
}
