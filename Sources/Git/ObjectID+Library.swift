import CGit2

extension ObjectID {
    /// Copies an id out of libgit2.
    init(_ oid: git_oid) {
        self = withUnsafeBytes(of: oid) { ObjectID(rawBytes: $0) }
    }

    /// The id as libgit2 wants it.
    var oid: git_oid {
        var oid = git_oid()
        withUnsafeMutableBytes(of: &oid) { copyBytes(to: $0) }
        return oid
    }
}
