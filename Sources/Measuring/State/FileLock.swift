import Dispatch

import class Foundation.FileManager

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A lock on one byte of a file, shared between programs and given up by the system when its owner dies.
///
/// One file holds any number of locks, each at an offset of its own; nothing is ever written to it.
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes a lock if it is free; nil when somebody else holds it.
    ///
    /// - Throws: `CoreError` when the file cannot be opened.
    package convenience init?(trying path: String, at offset: UInt64) throws(CoreError) {
        let descriptor = try FileLock.open(path)
        guard FileLock.set(descriptor, at: offset, waiting: false) else {
            close(descriptor)
            return nil
        }
        self.init(descriptor: descriptor)
    }

    /// Takes a lock, waiting on a thread of its own while somebody else holds it.
    static func acquire(_ path: String, at offset: UInt64) async throws -> FileLock {
        if let lock = try FileLock(trying: path, at: offset) { return lock }
        let descriptor = try open(path)
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            DispatchQueue.global().async {
                _ = set(descriptor, at: offset, waiting: true)
                continuation.resume()
            }
        }
        try Task.checkCancellation()
        return FileLock(descriptor: descriptor)
    }

    /// Whether somebody holds a lock, asked without taking it; false when there is no such file.
    package static func isHeld(_ path: String, at offset: UInt64) -> Bool {
        guard FileManager.default.fileExists(atPath: path), let descriptor = try? open(path) else { return false }
        defer { close(descriptor) }
        var lock = FileLock.request(offset)
        return fcntl(descriptor, FileLock.get, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    private static func open(_ path: String) throws(CoreError) -> Int32 {
        #if canImport(Glibc)
            let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        #else
            let descriptor = Darwin.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        #endif
        guard descriptor >= 0 else {
            throw CoreError(
                .slots,
                "The lock file \(path) could not be opened: \(String(cString: strerror(errno))). "
                    + "allocbisect keeps its worktrees beside it and needs to write there.")
        }
        return descriptor
    }

    /// Open-file-description locks belong to the descriptor and not to the process, so that tasks exclude each other
    /// as programs do.
    private static func set(_ descriptor: Int32, at offset: UInt64, waiting: Bool) -> Bool {
        var lock = request(offset)
        var result: Int32
        repeat {
            result = fcntl(descriptor, waiting ? FileLock.setAndWait : FileLock.set, &lock)
        } while result == -1 && errno == EINTR
        return result == 0
    }

    private static func request(_ offset: UInt64) -> flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = off_t(offset)
        lock.l_len = 1
        return lock
    }

    #if canImport(Glibc)
        private static let get: Int32 = 36
        private static let set: Int32 = 37
        private static let setAndWait: Int32 = 38
    #else
        private static let get: Int32 = 92
        private static let set: Int32 = 90
        private static let setAndWait: Int32 = 91
    #endif
}
