import CGit2

/// What a repository's own settings say about its format, read without opening the repository.
struct RepositoryFormat {
    private(set) var version: Int32?
    private(set) var objectFormat: String?
    private(set) var extensions: [String] = []
    private(set) var isPartialClone = false

    /// Reads `config` of a git directory, or of the common directory of a linked worktree. Says nothing where that
    /// cannot be read.
    init(gitDirectory: String) {
        let common = RepositoryFormat.commonDirectory(of: gitDirectory)
        guard
            let config = try? Handle(
                git_config_free, "reading the settings", make: { git_config_open_ondisk($0, common + "/config") })
        else { return }
        var iterator: OpaquePointer?
        guard git_config_iterator_new(&iterator, config.pointer) == 0 else { return }
        defer { git_config_iterator_free(iterator) }
        var entry: UnsafeMutablePointer<git_config_entry>?
        while git_config_next(&entry, iterator) == 0, let entry {
            // A name without a value stands for “true”.
            record(String(cString: entry.pointee.name), entry.pointee.value.map { String(cString: $0) } ?? "true")
        }
    }

    /// The extensions in use that nothing here knows how to respect.
    var unknownExtensions: [String] {
        extensions.filter { name in
            name != "noop" && name != "objectformat" && !GitLibrary.toleratedExtensions.contains(name)
        }
    }

    private mutating func record(_ name: String, _ value: String) {
        if name == "core.repositoryformatversion" {
            version = Int32(value)
        } else if name == "extensions.objectformat" {
            objectFormat = value.lowercased()
        } else if name.hasPrefix("remote."), name.hasSuffix(".promisor") {
            isPartialClone = isPartialClone || ["true", "yes", "on", "1"].contains(value.lowercased())
        }
        if name.hasPrefix("extensions.") {
            extensions.append(String(name.dropFirst("extensions.".count)))
            isPartialClone = isPartialClone || name == "extensions.partialclone"
        }
    }

    private static func commonDirectory(of gitDirectory: String) -> String {
        guard let link = FileSystem.read(gitDirectory + "/commondir") else { return gitDirectory }
        let common = trimmed(String(decoding: link, as: UTF8.self)[...])
        return common.hasPrefix("/") ? common : gitDirectory + "/" + common
    }
}
