import CGit2

/// A file that differs between two trees, as it is in each of them.
struct FileDelta {
    /// A file in one of the trees.
    struct Side {
        /// The path from the root; bytes that are no text are U+FFFD.
        let path: String
        /// Whether all bytes of the path are text.
        let isPathText: Bool
        let id: ObjectID
        let mode: FileMode

        init(_ file: git_diff_file) {
            path = file.path.map { String(cString: $0) } ?? ""
            isPathText = file.path.flatMap { String(validatingCString: $0) } != nil
            id = ObjectID(file.id)
            mode = FileMode(rawValue: UInt32(file.mode))
        }
    }

    /// The file in the old tree; `nil` if it isn't there.
    let old: Side?
    /// The file in the new tree; `nil` if it isn't there.
    let new: Side?

    init(_ delta: git_diff_delta) {
        old = delta.status == GIT_DELTA_ADDED ? nil : Side(delta.old_file)
        new = delta.status == GIT_DELTA_DELETED ? nil : Side(delta.new_file)
    }
}
