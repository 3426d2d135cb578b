import CGit2

extension Repository {
    /// Says why the repository at or above `path` cannot be opened, and what to do.
    static func refusal(toOpen path: String, _ failure: LibraryFailure) -> GitError {
        let operation = "opening the repository"
        guard let directory = try? discover(path) else {
            return GitError(
                .notARepository, operation: operation,
                message: "There is no git repository at \(path) or above it. Change to a directory inside of one, "
                    + "or make one with: git init")
        }
        if failure.isNotOwned {
            let owned = directory.hasSuffix("/.git") ? String(directory.dropLast(5)) : directory
            return GitError(
                .notOwned, operation: operation,
                message: "The repository \(owned) belongs to another user, so its settings are not trusted. If you "
                    + "trust it, run: git config --global --add safe.directory \(owned)")
        }
        let format = RepositoryFormat(gitDirectory: directory)
        if let objectFormat = format.objectFormat, objectFormat != "sha1" {
            return GitError(
                .objectFormat, operation: operation,
                message: "The repository \(directory) names its objects by \(objectFormat), and only SHA-1 is "
                    + "supported. Use a clone of the project that has the SHA-1 format.")
        }
        if let version = format.version, version > 1 {
            return GitError(
                .unknownExtension, operation: operation,
                message: "The repository \(directory) has the format version \(version), and only the versions 0 and "
                    + "1 are supported. Use a clone that an older git has made.")
        }
        if let name = format.unknownExtensions.first {
            return GitError(
                .unknownExtension, operation: operation,
                message: "The repository \(directory) uses the extension “\(name)”, which is not supported. "
                    + "Use a clone that was made without it.")
        }
        return GitError(
            .library, operation: operation,
            message: "The repository \(directory) cannot be opened: libgit2 says “\(failure.text)”. "
                + "Run git fsck for details.")
    }

    /// The refusal of a history that goes beyond what a shallow clone holds.
    func shallowError(_ operation: String, _ what: String) -> GitError {
        GitError(
            .shallow, operation: operation,
            message: "\(what): \(commonDirectory) is a shallow clone, and older commits are missing. "
                + "Get the whole history with: git fetch --unshallow")
    }

    private static func discover(_ path: String) throws(GitError) -> String {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        try checked("looking for the repository") { git_repository_discover(&buffer, path, 0, nil) }
        return Repository.path(buffer.ptr) ?? ""
    }
}
