import CGit2

extension Repository {
    /// Who the user is, by the settings `user.name` and `user.email`, now; nil when they are not set.
    public var identity: Signature? {
        guard
            let found = try? Handle(
                { UnsafeMutablePointer<git_signature>($0).map(git_signature_free) }, "reading user.name",
                make: { made in
                    made.withMemoryRebound(to: UnsafeMutablePointer<git_signature>?.self, capacity: 1) {
                        git_signature_default($0, handle.pointer)
                    }
                })
        else { return nil }
        let signature = UnsafeMutablePointer<git_signature>(found.pointer).pointee
        return Signature(
            name: String(cString: signature.name), email: String(cString: signature.email), time: signature.when.time,
            offsetMinutes: Int(signature.when.offset))
    }

    /// Whether a commit has another one among its ancestors, or is that one.
    public func descends(_ commit: ObjectID, from ancestor: ObjectID) throws(GitError) -> Bool {
        if commit == ancestor { return true }
        var (commit, ancestor) = (commit.oid, ancestor.oid)
        let graph = try DetachedRepository(in: commonDirectory, substitutes)
        return try checked("comparing two commits") {
            git_graph_descendant_of(graph.pointer, &commit, &ancestor)
        } == 1
    }
}
