import Git

/// What an entry of the queue stands for: the commits that were never measured for a hook, and the one to compare with.
struct MissedCommits {
    /// The commits, the entry's own one first and then along first parents.
    let commits: [ObjectID]
    /// The last one before them that has values, or that the branch was at before; nil for none.
    let base: ObjectID?

    /// The most commits that one entry has measured. Those beyond are left to the search, which needs few of them.
    private static let limit = 20
    /// How far back a commit with values is looked for.
    private static let reach = 1_000

    /// Goes back along first parents to the last commit that was settled before; without one, to where the branch was
    /// before the merge or rebase.
    ///
    /// - Throws: `GitError` if the history cannot be read, or is cut off before the end.
    init(_ entry: QueueEntry, _ runs: [HookRun], in repository: borrowing Repository) throws(GitError) {
        let settled = Set(runs.filter(\.isSettled).map(\.commit))
        let recorded = Set(runs.filter(\.isRecorded).map(\.commit))
        var chain = MissedCommits.chain(from: entry.commit, in: repository) { recorded.contains($0) }
        if let last = chain.last, chain.count > 1, recorded.contains(last) {
            base = chain.popLast()
        } else {
            if let before = entry.before {
                chain = try repository.walk(from: entry.commit, excluding: [before], firstParent: true).map(\.id)
            } else {
                chain = [entry.commit]
            }
            base = try chain.last.flatMap { (id) throws(GitError) in try repository.commit(id).parents.first }
        }
        commits = Array(chain.prefix { !settled.contains($0) }.prefix(MissedCommits.limit))
    }

    /// The first parents from a commit on, up to one that ends the search, or as far as the history is there.
    private static func chain(
        from start: ObjectID, in repository: borrowing Repository, upTo isEnd: (ObjectID) -> Bool
    ) -> [ObjectID] {
        var chain: [ObjectID] = []
        var next: ObjectID? = start
        while let id = next, chain.count < reach, let commit = try? repository.commit(id) {
            chain.append(id)
            if id != start, isEnd(id) { break }
            next = commit.parents.first
        }
        return chain
    }
}
