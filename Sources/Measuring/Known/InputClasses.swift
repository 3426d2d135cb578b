package import Benchmarks
package import Git
import MeasurementCache

/// Which commits must have the same measurement, because every file that decides it is the same.
package struct InputClasses {
    /// About four lines of Go.
    private static let changedPart = 128

    private let repository: String
    let commits: [ObjectID]
    let positions: [ObjectID: Int]
    private var digests: [Inputs: [ObjectID]] = [:]
    /// For some inputs, the commits by digest.
    private var classes: [Inputs: [ObjectID: [ObjectID]]] = [:]
    /// For some inputs, how much of them each candidate changed.
    private var changes: [Inputs: [Int]] = [:]

    /// Classes among some commits of a repository.
    package init(repository: String, commits: [ObjectID]) {
        self.repository = repository
        self.commits = commits
        positions = Dictionary(uniqueKeysWithValues: commits.enumerated().map { ($1, $0) })
    }

    /// The commits in which these inputs hold the same as in the given state.
    mutating func members(of state: MeasurementCache.InputState) throws(GitError) -> [ObjectID] {
        guard let digest = ObjectID(state.digest) else { return [] }
        if classes[state.inputs] == nil {
            let all = try digests(over: state.inputs)
            classes[state.inputs] = Dictionary(grouping: commits.indices) { all[$0] }
                .mapValues { $0.map { commits[$0] } }
        }
        return classes[state.inputs]?[digest] ?? []
    }

    /// For each candidate of a range whether some inputs differ from those of every parent.
    package mutating func canDiffer(_ range: ResolvedRange, over inputs: Inputs) throws(GitError) -> [Bool] {
        let all = try digests(over: inputs)
        return range.commits.map { commit in
            guard let digest = positions[commit.id].map({ all[$0] }) else { return true }
            return !commit.parents.contains { parent in positions[parent].map { all[$0] == digest } ?? false }
        }
    }

    /// For each candidate of a range whether any of some inputs differ from those of every parent: a merge that takes one
    /// of two packages from either side differs in neither.
    package mutating func canDiffer(_ range: ResolvedRange, overAny all: some Sequence<Inputs>) throws(GitError)
        -> [Bool]
    {
        var flags = [Bool](repeating: false, count: range.commits.count)
        for inputs in Set(all) { flags = zip(flags, try canDiffer(range, over: inputs)).map { $0 || $1 } }
        return flags
    }

    /// For each candidate of a range how much of some inputs it changed, 0 for one that cannot differ, at least 1 for all
    /// others: a file counts as one, and as one more for each `changedPart` bytes that it grew or shrank by.
    ///
    /// A merge changed what it holds differently from each parent. Parents before the range do not help, since what
    /// they hold may be missing from a shallow clone.
    package mutating func changedInputs(_ range: ResolvedRange, over inputs: Inputs) throws(GitError) -> [Int] {
        if let known = changes[inputs] { return known }
        let flags = try canDiffer(range, over: inputs)
        let differing = zip(range.commits, flags).filter(\.1).map(\.0)
        let contents = try Repository(discovering: repository).changedContent(
            of: differing.map { ($0.id, $0.parents.filter { positions[$0] != nil }) }, over: TreeSelection(inputs))
        var rest = contents[...]
        let found = flags.map { differs in
            guard differs, let content = rest.popFirst() else { return 0 }
            return max(1, content.paths + content.bytes / Self.changedPart)
        }
        changes[inputs] = found
        return found
    }

    /// The digest of some inputs at a commit; nil for a commit that is not among those known here.
    package mutating func digest(of commit: ObjectID, over inputs: Inputs) throws(GitError) -> ObjectID? {
        guard let position = positions[commit] else { return nil }
        return try digests(over: inputs)[position]
    }

    /// The digests of some inputs at all commits, in their order.
    package mutating func digests(over inputs: Inputs) throws(GitError) -> [ObjectID] {
        if let known = digests[inputs] { return known }
        let found = try Repository(discovering: repository).digests(of: commits, over: TreeSelection(inputs))
        digests[inputs] = found
        return found
    }
}

/// Commits with equal inputs gave different values, so that their target's measurements are shared no longer: what was
/// concluded from them has to be concluded again.
package struct SharingEnded: Error {
    package init() {}
}

extension Measurement {
    /// Whether another measurement with the same inputs shows that something else decides as well: no repeats of the one
    /// allocate like any of the other.
    func contradicts(_ other: Measurement) -> Bool {
        guard let pair, pair == other.pair else { return false }
        let jitter = Metric.allocations.jitter(pair)
        return names.intersection(other.names).contains { name in
            let (mine, others) = (values(name, .allocations), other.values(name, .allocations))
            guard let low = mine.min(), let high = mine.max(), let otherLow = others.min(), let otherHigh = others.max()
            else { return false }
            return max(low - otherHigh, otherLow - high) > max(jitter, 0.02 * high)
        }
    }
}
