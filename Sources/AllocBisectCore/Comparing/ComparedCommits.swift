import Explaining
public import Git
import Measuring

/// Two commits, or a commit and the work tree, compared series by series.
///
/// It is a search whose only candidate is the later one: what got worse crossed there, is confirmed, and explained.
public struct ComparedCommits: Sendable {
    /// The earlier and the later one.
    public var before, after: Side
    /// What the search found out.
    public var verdict: Verdict

    /// One of the two.
    public struct Side: Sendable {
        /// The commit; of a work tree, its snapshot's.
        public var commit: Commit
        /// The files of the work tree that differ from `HEAD`; nil for a commit.
        public var changed: [String]?

        /// Makes one from its parts.
        public init(commit: Commit, changed: [String]? = nil) { (self.commit, self.changed) = (commit, changed) }

        /// What it is called: `the work tree`, or the id in short.
        public var name: String { changed == nil ? commit.id.short : "the work tree" }
    }

    /// Makes one from its parts.
    public init(before: Side, after: Side, verdict: Verdict) {
        (self.before, self.after, self.verdict) = (before, after, verdict)
        nameSides()
    }

    /// Calls the ends of the search what they are called here, in all that it says.
    private mutating func nameSides() {
        var names = [("the good end", before.name), ("the bad end", after.name)]
        if after.changed != nil { names.append((after.commit.id.short, after.name)) }
        verdict.rename(names)
    }
}

extension Engine {
    /// Measures two commits, or a commit and the work tree as it is, and says what differs.
    ///
    /// - Throws: When a revision does not resolve, when nothing differs in the work tree, when Go cannot be used, or when no
    ///   benchmark matches.
    public func compare(_ request: CompareRequest) async throws -> ComparedCommits {
        let repository = try openRepository()
        let (before, after, leftOut) = try request.sides(in: repository)
        let prefix = repository.prefix(of: directory)
        let range = SearchRange(comparing: before.commit.id, with: after.commit.id, from: prefix)
        let search = request.search(try RevisionRange("\(range.base)..\(range.bad)"))
        if after.changed != nil { events(.workTree(commit: after.commit.id)) }
        return try await measuring(search.options, usesInputClasses: search.usesInputClasses, isOfCommits: false) {
            var session = Session(search, range, $0, $1)
            do {
                var compared = ComparedCommits(before: before, after: after, verdict: try await session.find())
                compared.verdict.warnings.insert(contentsOf: leftOut, at: 0)
                return compared
            } catch {
                throw Task.isCancelled ? try session.interruption() : error
            }
        }
    }
}

extension CompareRequest {
    /// Both sides, and what is to be reported of what the work tree has besides.
    fileprivate func sides(
        in repository: borrowing Repository
    ) throws -> (before: ComparedCommits.Side, after: ComparedCommits.Side, leftOut: [String]) {
        let before = try repository.resolve(before ?? "HEAD")
        let old = ComparedCommits.Side(commit: try repository.commit(before))
        let new: ComparedCommits.Side
        var snapshot: Snapshot?
        if let after {
            new = .init(commit: try repository.commit(repository.resolve(after)))
        } else {
            snapshot = try repository.snapshotOfWorkTree(orOnto: before)
            let commit = try snapshot?.commit ?? repository.head(orElse: before)
            new = .init(commit: try repository.commit(commit), changed: snapshot?.changed ?? [])
        }
        guard new.commit.id != before else {
            throw CoreError(
                .usage,
                after == nil
                    ? "There is nothing to compare: the work tree has no changes since \(before.short). Name commits "
                        + "instead, as in: allocbisect compare HEAD~1 HEAD"
                    : "There is nothing to compare: both are \(before.short). Name two commits.")
        }
        return (old, new, snapshot?.warnings ?? [])
    }
}

extension Repository {
    /// The work tree's snapshot; nil when nothing in it is changed.
    ///
    /// - Parameter other: The commit that it follows when `HEAD` names none yet.
    borrowing func snapshotOfWorkTree(orOnto other: ObjectID? = nil) throws(GitError) -> Snapshot? {
        try snapshot(onto: head(orElse: other))
    }

    /// The commit that `HEAD` names, or another one when it names none yet.
    fileprivate borrowing func head(orElse other: ObjectID?) throws(GitError) -> ObjectID {
        do {
            return try resolve("HEAD")
        } catch {
            guard let other, error.code == .unbornHead else { throw error }
            return other
        }
    }
}

extension Snapshot {
    /// What the user should know of it.
    var warnings: [String] { leftOut.map { "not everything in the work tree is measured: \($0)" } }
}
