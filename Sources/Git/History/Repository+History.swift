import CGit2

extension Repository {
    /// Finds the candidates of a revision range.
    ///
    /// With `firstParent`, only the chain of first parents from the bad end is searched, and the nodes list first
    /// parents only; what is reachable from the good end is left out by whatever way it is reached.
    ///
    /// - Throws: `GitError` for an end that does not resolve, as `resolve(_:)` does; `unrelatedHistories` if the ends
    ///   have no commit in common; `shallow` if a part of the range is missing from a shallow clone; `missingObject`,
    ///   `partialClone` or `damagedObject` if a commit cannot be read. A shortened range is never returned.
    public func resolve(_ range: RevisionRange, firstParent: Bool = false) throws(GitError) -> ResolvedRange {
        let operation = "finding the commits of \(range)"
        let good = try resolve(range.good)
        let bad = try resolve(range.bad)
        let walk = try walk(operation, from: bad, excluding: [good])
        let commits = Array(try candidates(walk, operation, from: bad, firstParent: firstParent).reversed())
        guard !walk.reaches(good) else {
            return ResolvedRange(good: good, bad: bad, mergeBase: nil, commits: commits)
        }
        guard shallowBoundary.isEmpty else {
            throw shallowError(operation, "“\(range.good)” cannot be shown to be an ancestor of “\(range.bad)”")
        }
        let base = try mergeBase(of: good, and: bad, range, operation)
        return ResolvedRange(good: good, bad: bad, mergeBase: base, commits: commits)
    }

    /// Lists what is reachable from a commit and not from any of `excluding`: children before parents, newer commits
    /// first where that leaves a choice.
    ///
    /// With `firstParent`, only the chain of first parents is listed, and the nodes list first parents only.
    ///
    /// - Throws: `GitError` with the code `shallow` if a part of that is missing from a shallow clone; `missingObject`,
    ///   `partialClone` or `damagedObject` if a commit cannot be read. A shortened list is never returned.
    public func walk(
        from start: ObjectID, excluding: [ObjectID] = [], firstParent: Bool = false
    ) throws(GitError) -> [CommitNode] {
        let operation = "walking the history of \(start.short)"
        let walk = try walk(operation, from: start, excluding: excluding)
        return try candidates(walk, operation, from: start, firstParent: firstParent)
    }

    /// Lists the last commits of the chain of first parents, newest first, and reads nothing beyond them.
    ///
    /// - Parameter endsAtShallow: Whether the list may be cut short where a shallow clone begins.
    /// - Returns: At most `count` nodes, which list first parents only; fewer when the history begins before that.
    /// - Throws: `GitError` with the code `shallow` if some of them are missing from a shallow clone and may not be;
    ///   `missingObject`, `partialClone` or `damagedObject` if a commit cannot be read.
    public func firstParents(
        from start: ObjectID, count: Int, endsAtShallow: Bool = false
    ) throws(GitError) -> [CommitNode] {
        let operation = "walking the history of \(start.short)"
        let boundary = shallowBoundary
        var nodes: [CommitNode] = []
        var next: ObjectID? = start
        while let id = next, nodes.count < count {
            next = try objects.withCommit(id, operation) { $0.parents.first }
            if boundary.contains(id) {
                guard endsAtShallow || nodes.count == count - 1 else {
                    throw shallowError(operation, "The history ends at \(id.short)")
                }
                next = nil
            }
            nodes.append(CommitNode(id: id, parents: next.map { [$0] } ?? []))
        }
        return nodes
    }

    /// The commits whose parents a shallow clone lacks; empty in a whole repository.
    var shallowBoundary: Set<ObjectID> {
        guard let text = FileSystem.read(commonDirectory + "/shallow") else { return [] }
        let lines = text.split(separator: UInt8(ascii: "\n"))
        return Set(lines.compactMap { ObjectID(String(decoding: $0, as: UTF8.self)) })
    }

    private func walk(
        _ operation: String, from start: ObjectID, excluding: [ObjectID]
    ) throws(GitError) -> HistoryWalk {
        let boundary = shallowBoundary
        return try HistoryWalk(from: [start], excluding: excluding) { (id) throws(GitError) in
            try objects.withCommit(id, operation) { (commit) throws(GitError) in
                (boundary.contains(id) ? [] : commit.parents, commit.commitTime)
            }
        }
    }

    /// The candidates that a walk found, unless the edge of a shallow clone cuts through them.
    ///
    /// Hidden commits may lie at that edge. A candidate that is hidden only by way of missing commits is then kept,
    /// which makes the search longer at worst.
    private func candidates(
        _ walk: HistoryWalk, _ operation: String, from start: ObjectID, firstParent: Bool
    ) throws(GitError) -> [CommitNode] {
        let all = walk.candidates()
        let boundary = shallowBoundary
        if !boundary.isEmpty, let cut = all.first(where: { boundary.contains($0.id) }) {
            throw shallowError(operation, "The history ends at \(cut.id.short)")
        }
        return firstParent ? walk.firstParentChain(from: start) : all
    }

    private func mergeBase(
        of good: ObjectID, and bad: ObjectID, _ range: RevisionRange, _ operation: String
    ) throws(GitError) -> ObjectID {
        var base = git_oid()
        var first = good.oid
        var second = bad.oid
        let explain = { (failure: LibraryFailure) in
            guard failure.isNotFound else { return failure.unexpected(operation) }
            return GitError(
                .unrelatedHistories, operation: operation,
                message: "“\(range.good)” and “\(range.bad)” have no commit in common, so nothing lies between them. "
                    + "Name two revisions of the same history.")
        }
        let graph = try DetachedRepository(in: commonDirectory, substitutes)
        try checked(explain) { git_merge_base(&base, graph.pointer, &first, &second) }
        return ObjectID(base)
    }
}
