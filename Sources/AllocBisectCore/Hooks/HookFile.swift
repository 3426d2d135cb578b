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

    /// Makes a folder and those above it, as far as they are missing.
    static func makeFolder(_ path: String) throws(CoreError) {
        if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw refusal("made", path)
        }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw refusal("made", path) }
    }

    /// Writes a program.
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
            "\(path) could not be \(participle): \(String(cString: strerror(errno))). Check who may write there, and "
                + "repeat the command.")
    }
}
