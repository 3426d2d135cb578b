import CGit2

/// The names of submodules by their paths, as a tree's `.gitmodules` has them.
struct SubmoduleNames {
    private var names: [String: String] = [:]

    subscript(path: String) -> String? { names[path] }

    /// Reads `.gitmodules`, by way of a file in the folder `scratch`, since libgit2 1.5 reads settings from files alone.
    init(
        of tree: ObjectID, _ objects: borrowing ObjectDatabase, scratch: String, _ operation: String
    ) throws(GitError) {
        let name = Array(".gitmodules".utf8CString)
        guard let file = try objects.items(of: tree, operation).first(where: { $0.name == name && $0.mode.isFile })
        else {
            return
        }
        let path = scratch + "/gitmodules"
        try FileSystem.makeDirectory(scratch)
        try FileSystem.write(String(decoding: objects.blob(file.id, operation), as: UTF8.self), to: path)
        guard
            let settings = try? Handle(git_config_free, operation, make: { git_config_open_ondisk($0, path) }),
            let iterator = try? Handle(
                git_config_iterator_free, operation,
                make: { git_config_iterator_glob_new($0, settings.pointer, "^submodule\\..*\\.path$") })
        else { return }
        var entry: UnsafeMutablePointer<git_config_entry>?
        while git_config_next(&entry, iterator.pointer) == 0, let entry, let value = entry.pointee.value {
            let name = String(cString: entry.pointee.name).dropFirst("submodule.".count).dropLast(".path".count)
            // A name is a part of a path, and must not lead out of there.
            guard !name.isEmpty, !name.split(separator: "/", omittingEmptySubsequences: false).contains("..") else {
                continue
            }
            names[trimmed(String(cString: value)[...])] = String(name)
        }
        git_error_clear()
    }
}
