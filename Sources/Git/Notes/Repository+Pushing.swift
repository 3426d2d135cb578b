import CGit2

extension Repository {
    /// Pushes a commit to a ref of a remote without force: only when the ref still names what is expected, which the
    /// commit descends from.
    ///
    /// - Throws: `GitError` with the code `transfer`.
    public func push(
        _ commit: ObjectID, to reference: String, of remote: Remote, expecting expected: ObjectID?, scratch: String
    ) throws(GitError) -> PushOutcome {
        let operation = "pushing \(reference) to \(remote.pushURL)"
        if let folder = Remote.folder(remote.pushURL) {
            return try push(commit, to: reference, ofRepositoryAt: folder, expecting: expected, operation)
        }
        let name = "refs/allocbisect/\(scratch)"
        guard try moveReference(name, from: nil, to: commit, message: "allocbisect share") else { return .overtaken }
        defer { try? removeReference(name) }
        let connection = try Handle(
            git_remote_free, orThrow: { transferError(remote, operation, $0) },
            make: { git_remote_create_anonymous($0, handle.pointer, remote.pushURL) })
        let transfer = Transfer()
        defer { withExtendedLifetime(transfer) {} }
        var options = git_push_options()
        try checked(operation) { git_push_options_init(&options, UInt32(GIT_PUSH_OPTIONS_VERSION)) }
        transfer.attach(to: &options.callbacks)
        var isOvertaken = false
        do {
            try withStringArray(["\(name):\(reference)"]) { (specs) throws(GitError) in
                try checked({
                    isOvertaken = $0.isOvertaken
                    return transferError(remote, operation, $0)
                }) { git_remote_push(connection.pointer, specs, &options) }
            }
        } catch {
            if isOvertaken { return .overtaken }
            throw error
        }
        return transfer.refusal.map { .refused($0) } ?? .taken
    }

    /// libgit2 sets a ref of a local repository without looking again at what it names by then, so that one of two
    /// pushes at the same time would be lost. This copies the objects, and moves the ref under its lock.
    private func push(
        _ commit: ObjectID, to reference: String, ofRepositoryAt folder: String, expecting expected: ObjectID?,
        _ operation: String
    ) throws(GitError) -> PushOutcome {
        let other = try Repository(discovering: folder)
        guard try other.reference(reference) == expected else { return .overtaken }
        let walk = try Handle(git_revwalk_free, operation) { git_revwalk_new($0, handle.pointer) }
        var (tip, known) = (commit.oid, expected?.oid ?? git_oid())
        try checked(operation) { git_revwalk_push(walk.pointer, &tip) }
        if expected != nil { try checked(operation) { git_revwalk_hide(walk.pointer, &known) } }
        let pack = try Handle(git_packbuilder_free, operation) { git_packbuilder_new($0, handle.pointer) }
        try checked(operation) { git_packbuilder_insert_walk(pack.pointer, walk.pointer) }
        if git_packbuilder_object_count(pack.pointer) > 0 {
            try checked(operation) {
                git_packbuilder_write(pack.pointer, other.commonDirectory + "/objects/pack", 0, nil, nil)
            }
        }
        return try other.moveReference(reference, from: expected, to: commit, message: "push") ? .taken : .overtaken
    }
}

/// What a remote made of a push.
public enum PushOutcome: Sendable, Hashable {
    /// The ref names the commit there now.
    case taken
    /// Somebody else moved the ref first.
    case overtaken
    /// The remote says why it did not take it. That somebody else moves the ref at this moment is worded in many ways.
    case refused(String)
}
