import Benchmarks
import Git
import MeasurementCache

/// Which commits must have the same measurement, because every file that decides it is the same.
struct InputClasses {
    private let repository: String
    private let commits: [ObjectID]
    private let positions: [ObjectID: Int]
    private var digests: [Inputs: [ObjectID]] = [:]

    /// Classes among some commits of a repository.
    init(repository: String, commits: [ObjectID]) {
        self.repository = repository
        self.commits = commits
        positions = Dictionary(uniqueKeysWithValues: commits.enumerated().map { ($1, $0) })
    }

    /// The commits in which these inputs hold the same as in the given state.
    mutating func members(of state: MeasurementCache.InputState) throws(GitError) -> [ObjectID] {
        guard let digest = ObjectID(state.digest) else { return [] }
        let all = try self.digests(over: state.inputs)
        return commits.indices.filter { all[$0] == digest }.map { commits[$0] }
    }

    /// Whether two commits hold the same in some inputs; false when one is not among the commits.
    mutating func areSame(_ first: ObjectID, _ second: ObjectID, over inputs: Inputs) throws(GitError) -> Bool {
        guard let one = positions[first], let other = positions[second] else { return false }
        let all = try digests(over: inputs)
        return all[one] == all[other]
    }

    /// The digest of some inputs at a commit; nil for a commit that is not among those known here.
    mutating func digest(of commit: ObjectID, over inputs: Inputs) throws(GitError) -> String? {
        guard let position = positions[commit] else { return nil }
        return try digests(over: inputs)[position].description
    }

    private mutating func digests(over inputs: Inputs) throws(GitError) -> [ObjectID] {
        if let known = digests[inputs] { return known }
        let found = try Repository(discovering: repository).digests(of: commits, over: TreeSelection(inputs))
        digests[inputs] = found
        return found
    }
}
