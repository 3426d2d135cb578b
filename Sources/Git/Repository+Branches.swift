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
