/// The open candidates of one state, and how each would split what is left.
struct Split {
    /// The open candidates' indices in the graph, ascending.
    let commits: [Int32]
    /// For each open candidate, the weight of the candidates among its ancestors, itself included: 0...total.
    let masses: [Int]
    /// The weight of all candidates.
    let total: Int
    /// For each open candidate, how likely it can be measured, 0...1; nil while none was skipped.
    let prospects: [Double]?
    /// For each open candidate, the weight of the culprits that are confirmed with its help: itself, and those that it
    /// is a parent of.
    let confirming: [Int]

    /// - Parameters:
    ///   - commits: the open candidates, ascending.
    ///   - masses: of every commit of the graph.
    ///   - total: that of the bad commit, and what may speak for no culprit at all.
    ///   - skipped: the candidates that were skipped.
    ///   - confirming: of every commit of the graph; nil where it does not matter.
    init(commits: [Int32], masses: [Int], total: Int, skipped: [Int32], confirming: [Int]? = nil) {
        self.commits = commits
        self.confirming = confirming.map { all in commits.map { all[Int($0)] } } ?? []
        self.masses = commits.map { masses[Int($0)] }
        self.total = total
        prospects = SkipAvoidance.prospects(
            of: self.masses, besides: skipped.map { masses[Int($0)] }, total: total)
    }

    /// Whether no open candidate separates one candidate from another.
    var isUseless: Bool { masses.allSatisfy { $0 == 0 || $0 == total } }

    /// The mass of a commit by its index in the graph, or nil when it isn't an open candidate.
    func mass(of index: Int) -> Int? { commits.position(of: index).map { masses[$0] } }
}
