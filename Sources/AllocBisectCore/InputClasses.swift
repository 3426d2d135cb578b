import Benchmarks
import Git
import MeasurementCache

/// Which commits must have the same measurement, because every file that decides it is the same.
struct InputClasses {
    private let repository: String
    let commits: [ObjectID]
    let positions: [ObjectID: Int]
    private var digests: [Inputs: [ObjectID]] = [:]
    /// For some inputs, the commits by digest.
    private var classes: [Inputs: [ObjectID: [ObjectID]]] = [:]

    /// Classes among some commits of a repository.
    init(repository: String, commits: [ObjectID]) {
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

    /// For each candidate of a plan whether some inputs differ from those of every parent.
    mutating func interesting(_ plan: Plan, over inputs: Inputs) throws(GitError) -> [Bool] {
        let all = try digests(over: inputs)
        return plan.range.commits.map { commit in
            guard let digest = positions[commit.id].map({ all[$0] }) else { return true }
            return !commit.parents.contains { parent in positions[parent].map { all[$0] == digest } ?? false }
        }
    }

    /// The digest of some inputs at a commit; nil for a commit that is not among those known here.
    mutating func digest(of commit: ObjectID, over inputs: Inputs) throws(GitError) -> ObjectID? {
        guard let position = positions[commit] else { return nil }
        return try digests(over: inputs)[position]
    }

    /// The digests of some inputs at all commits, in their order.
    mutating func digests(over inputs: Inputs) throws(GitError) -> [ObjectID] {
        if let known = digests[inputs] { return known }
        let found = try Repository(discovering: repository).digests(of: commits, over: TreeSelection(inputs))
        digests[inputs] = found
        return found
    }
}
