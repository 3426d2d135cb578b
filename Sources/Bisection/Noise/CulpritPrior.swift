/// How likely each commit is to be the culprit before anything was run.
struct CulpritPrior: Sendable {
    /// The share that is spread evenly, so that no lead can keep a commit from being found.
    static let evenShare = 0.2
    /// The probability that there is no step at all.
    static let noStep = 0.05

    /// One entry a commit, 0 for those that cannot be it; together with `noStep` they sum up to 1.
    let commits: [Double]
    let noStep: Double

    /// - Parameters:
    ///   - candidates: the commits that can be the culprit.
    ///   - weights: one a commit; nil, or none above 0 among the candidates, makes all of them equally likely.
    init(candidates: [Int], count: Int, weights: [Double]?) {
        let total = weights.map { weights in candidates.reduce(0) { $0 + weights[$1] } } ?? 0
        var commits = [Double](repeating: 0, count: count)
        for index in candidates {
            let even = 1 / Double(candidates.count)
            let share = if let weights, total > 0 { weights[index] / total } else { even }
            commits[index] = (1 - Self.noStep) * (Self.evenShare * even + (1 - Self.evenShare) * share)
        }
        self.commits = commits
        noStep = candidates.isEmpty ? 1 : Self.noStep
    }
}
