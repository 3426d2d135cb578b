/// How likely each commit is to be the culprit of a noisy series.
struct Belief: Sendable {
    /// One entry a commit.
    let commits: [Double]
    /// The probability that there is no step.
    let noStep: Double
    /// The probability that the level of all runs wanders in time.
    let drift: Double
    /// The probability that there is no step, before anything was run.
    private static let noStepPrior = 0.05

    /// What is known before the first run.
    ///
    /// - Parameters:
    ///   - candidates: the commits that can be the culprit, ascending.
    ///   - count: that of all commits.
    init(prior: CulpritPrior, candidates: [Int], count: Int) {
        let probabilities = prior.probabilities(of: candidates)
        let isPossible = probabilities.contains { $0 > 0 }
        var commits = [Double](repeating: 0, count: count)
        for (index, probability) in zip(candidates, probabilities) where isPossible {
            commits[index] = (1 - Self.noStepPrior) * probability
        }
        self.commits = commits
        noStep = isPossible ? Self.noStepPrior : 1
        drift = 0
    }

    /// The posterior, by Bayes' theorem; O(commits).
    init(prior: Belief, evidence: StepEvidence, groups: CommitGroups) {
        let hypotheses: [Int?] = Array(0..<evidence.hypotheses) + [nil]
        let logs = hypotheses.map(evidence.logLikelihood)
        let highest = logs.reduce(-.infinity) { max($0, $1.max()) }
        let likelihoods = logs.map { logs in
            (0..<StepEvidence.Lanes.scalarCount).map { Double.exp(logs[$0] - highest) }
        }
        let sums = likelihoods.map { $0.reduce(0, +) }
        var (total, steady) = (prior.noStep * sums[sums.count - 1], prior.noStep * likelihoods[sums.count - 1][0])
        for (weight, group) in zip(prior.commits, groups.group) {
            total += weight * sums[Int(group)]
            steady += weight * likelihoods[Int(group)][0]
        }
        commits = zip(prior.commits, groups.group).map { $0 * sums[Int($1)] / total }
        noStep = prior.noStep * sums[sums.count - 1] / total
        drift = 1 - steady / total
    }
}
