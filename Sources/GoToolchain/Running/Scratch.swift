import CLinux
public import Foundation

/// Folders in which old code wrote as it liked.
public enum Scratch {
    /// Removes a folder with all that is in it, also what its owner has made inaccessible. Does nothing if there is none.
    ///
    /// - Throws: When something cannot be removed.
    public static func remove(_ path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            open(path, status)
            try FileManager.default.removeItem(atPath: path)
        }
    }

    /// The bytes of a file; nil when there is none, or a link, a pipe or a device in its place, which may lead anywhere or
    /// never end.
    public static func contents(_ path: String) -> Data? {
        isFile(path) ? FileManager.default.contents(atPath: path) : nil
    }

    /// Whether there is a file at a path, and no link to one.
    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Makes a folder accessible, and those in it. Links are not followed.
    private static func open(_ path: String, _ status: stat) {
        guard status.st_mode & S_IFMT == S_IFDIR else { return }
        chmod(path, 0o700)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            var status = stat()
            if lstat("\(path)/\(name)", &status) == 0 { open("\(path)/\(name)", status) }
        }
    }
}
