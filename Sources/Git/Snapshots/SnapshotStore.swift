import CGit2

/// The objects of snapshots: those that the user's own object database must not get.
enum SnapshotStore {
    /// Where they are, as git lays out objects that are in files of their own.
    static func directory(in commonDirectory: String) -> String { commonDirectory + "/allocbisect/objects" }

    /// Whether a commit is a snapshot's.
    static func contains(_ commit: ObjectID, in commonDirectory: String) -> Bool {
        FileSystem.kind(path(of: commit.description, in: directory(in: commonDirectory))) == .file
    }

    /// Removes what no snapshot has had for a week: who uses one has made it just before.
    static func prune(in commonDirectory: String) throws(GitError) {
        let directory = directory(in: commonDirectory)
        for folder in FileSystem.names(in: directory) {
            for name in FileSystem.names(in: "\(directory)/\(folder)") {
                let path = "\(directory)/\(folder)/\(name)"
                if let age = FileSystem.age(path), age > lifetime { try FileSystem.removeTree(path) }
            }
        }
    }

    /// How long a snapshot's objects are kept, in seconds.
    private static let lifetime = 7 * 24 * 3_600

    private static func path(of digits: String, in directory: String) -> String {
        "\(directory)/\(digits.prefix(2))/\(digits.dropFirst(2))"
    }
}

extension Repository {
    /// Whether a commit is that of a snapshot, which git knows nothing of.
    public func isSnapshot(_ commit: ObjectID) -> Bool { SnapshotStore.contains(commit, in: commonDirectory) }
}
