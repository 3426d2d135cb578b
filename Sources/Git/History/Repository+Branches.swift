import CGit2

extension Repository {
    /// The ref that a branch is merged with, as its settings have it; `nil` if there is none.
    func upstreamBranch(of reference: String) throws(GitError) -> String? {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        guard git_branch_upstream_name(&buffer, handle.pointer, reference) == 0 else {
            git_error_clear()
            return nil
        }
        return buffer.ptr.map { String(cString: $0) }
    }

    /// The ref that keeps what a remote has of a branch after it was pushed, as the settings have it; `nil` if none does.
    func pushBranch(of reference: String) throws(GitError) -> String? {
        let branch = reference.dropFirst("refs/heads/".count)
        var remote = "origin"
        for name in ["branch.\(branch).remote", "remote.pushDefault", "branch.\(branch).pushRemote"] {
            if let value = try setting(name) { remote = value }
        }
        // Refspecs for pushing may rename in any way.
        guard try setting("remote.\(remote).push") == nil else { return nil }
        let upstream = try upstreamBranch(of: reference)
        let tracking = trackingBranch(of: reference, at: remote)
        switch try setting("push.default") ?? "simple" {
        case "current", "matching": return tracking
        case "upstream", "tracking": return upstream
        case "nothing": return nil
        default: return upstream == tracking ? tracking : nil
        }
    }

    private func trackingBranch(of reference: String, at remote: String) -> String? {
        var found: OpaquePointer?
        guard git_remote_lookup(&found, handle.pointer, remote) == 0, let found else {
            git_error_clear()
            return nil
        }
        defer { git_remote_free(found) }
        for position in 0..<git_remote_refspec_count(found) {
            guard let refspec = git_remote_get_refspec(found, position),
                git_refspec_direction(refspec) == GIT_DIRECTION_FETCH, git_refspec_src_matches(refspec, reference) == 1
            else { continue }
            var buffer = git_buf()
            defer { git_buf_dispose(&buffer) }
            guard git_refspec_transform(&buffer, refspec, reference) == 0 else { continue }
            return buffer.ptr.map { String(cString: $0) }
        }
        return nil
    }
}

extension Repository {
    /// The revision that a commit's branch is to be merged into, as far as the repository tells: the upstream branch
    /// of the current branch, or else the main branch of `origin`.
    ///
    /// An upstream branch that has the commit already is passed over: it is where the branch was pushed to.
    ///
    /// - Returns: A revision such as `@{upstream}` or `origin/main`.
    /// - Throws: `GitError` with the code `unknownRevision` when there is none, or none without the commit; what
    ///   `walk(from:excluding:firstParent:)` throws.
    public func upstream(of commit: ObjectID) throws(GitError) -> String {
        var present: [String] = []
        for revision in ["@{upstream}", "origin/HEAD", "origin/main", "origin/master"] {
            // What cannot be resolved is not there, whatever the reason: the next one may be.
            guard let tip = try? resolve(revision) else { continue }
            present.append(revision)
            if try !walk(from: commit, excluding: [tip]).isEmpty { return revision }
        }
        let operation = "looking for the upstream branch of \(commit.short)"
        guard present.isEmpty else {
            throw GitError(
                .unknownRevision, operation: operation,
                message: "\(commit.short) is in \(present.joined(separator: " and ")) already, so there is no "
                    + "base to compare it with. Name one, as in HEAD~1..HEAD.")
        }
        throw GitError(
            .unknownRevision, operation: operation,
            message: "There is no upstream branch to compare \(commit.short) with: the current branch has none, and "
                + "none of origin/HEAD, origin/main and origin/master is known. Name the base, as in main..HEAD, or "
                + "get it with: git fetch origin")
    }
}
