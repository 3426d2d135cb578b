import Measuring

import class Foundation.FileManager

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is done to files in the folder of the hooks, with the operating system's reason when it refuses.
enum HookFile {
    /// Whether there is anything at a path, be it a link that leads nowhere.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// The first bytes of a file; none when it cannot be read.
    static func start(of path: String) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let file = fopen(path, "re") else {
            return []
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    /// The names in a folder; none when it cannot be read.
    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Makes a link, unless there is something at its path already.
    static func link(_ path: String, to target: String) throws(CoreError) {
        guard symlink(target, path) == 0 || errno == EEXIST else { throw refusal("made", path) }
    }

    /// Removes a link that leads somewhere; anything else stays.
    static func removeLink(_ path: String, to target: String) {
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == target { unlink(path) }
    }

    static func removeEmptyFolder(_ path: String) { rmdir(path) }

    /// Makes a folder and those above it, as far as they are missing.
    static func makeFolder(_ path: String) throws(CoreError) {
        if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw refusal("made", path)
        }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw refusal("made", path) }
    }

    /// Writes a program that everybody may run; nothing is left of it when that fails.
    static func write(_ content: [UInt8], to path: String) throws(CoreError) {
        guard let file = fopen(path, "we") else { throw refusal("written", path) }
        let count = fwrite(content, 1, content.count, file)
        guard fclose(file) == 0, count == content.count, chmod(path, 0o755) == 0 else {
            let refusal = refusal("written", path)
            unlink(path)
            throw refusal
        }
    }

    /// Puts a file in the place of another, or of nothing, in one step.
    static func move(_ path: String, to other: String) throws(CoreError) {
        guard rename(path, other) == 0 else { throw refusal("moved to \(other)", path) }
    }

    static func remove(_ path: String) throws(CoreError) {
        guard unlink(path) == 0 else { throw refusal("removed", path) }
    }

    private static func refusal(_ participle: String, _ path: String) -> CoreError {
        CoreError(
            .hooks,
            "\(path) could not be \(participle): \(String(cString: strerror(errno))). Check the permissions there, and "
                + "repeat the command.")
    }
}
