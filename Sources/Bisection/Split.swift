/// The open candidates of one state, and how each would split what is left.
struct Split {
    /// The open candidates' indices in the graph, ascending.
    let commits: [Int32]
    /// For each open candidate, the counted candidates among its ancestors, itself included: 0...total.
    let weights: [Int32]
    /// The number of counted candidates.
    let total: Int
    /// The weights of the skipped candidates, ascending.
    let skippedWeights: [Int]

    init(range: CandidateRange, weights: [Int32], total: Int) {
        let open = weights.indices.filter { range.isOpen($0) }
        self.commits = open.map { range.candidates[$0] }
        self.weights = open.map { weights[$0] }
        self.total = total
        self.skippedWeights = weights.indices.filter { range.skipped[$0] }.map { Int(weights[$0]) }.sorted()
    }

    /// Whether no open candidate separates one counted candidate from another.
    var isUseless: Bool { weights.allSatisfy { $0 == 0 || $0 == total } }

    /// The weight of a commit by its index in the graph, or nil when it isn't an open candidate.
    func weight(of index: Int) -> Int? { commits.position(of: index).map { Int(weights[$0]) } }

    /// The lowest weight there is among the open candidates that comes closest to half.
    var centre: Int {
        let best = weights.max { min(Int($0), total - Int($0)) < min(Int($1), total - Int($1)) }
        return Int(best ?? 0)
    }
}
