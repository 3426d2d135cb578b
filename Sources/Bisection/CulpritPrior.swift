/// How likely each commit is to be the culprit before anything was measured.
///
/// A search holds a belief: this prior times its evidence. An exact evaluation is evidence without noise, which leaves
/// the prior as it is on the commits that agree with it, and takes all other commits out.
///
/// ```swift
/// let prior = CulpritPrior(canDiffer: flags, leads: [2: 0.6])     // 60 % the third commit, 40 % all of them
/// ```
public struct CulpritPrior: Sendable, Hashable {
    /// The share that is spread evenly at least, so that no lead can keep a commit from being found.
    static let evenShare = 0.2

    /// Whether each commit changes anything that decides; nil for all.
    let canDiffer: [Bool]?
    /// How likely a lead was said to be right, by the index of its commit; in all at most what is not spread evenly.
    let leads: [Int: Double]

    /// - Parameters:
    ///   - canDiffer: false for a commit whose measured inputs equal those of a parent inside the range, so that it
    ///     can hardly be the culprit. Nil: all can differ.
    ///   - leads: how likely some commits are to be the culprit, by index, each above 0. What is left of 1 is spread
    ///     evenly over all that can differ; where that is less than 20 %, all leads are as much less likely. One of a
    ///     commit that cannot differ is no lead.
    public init(canDiffer: [Bool]? = nil, leads: [Int: Double] = [:]) {
        self.canDiffer = canDiffer
        let leads = leads.filter { canDiffer?[$0.key] ?? true }
        precondition(leads.values.allSatisfy { $0 > 0 && $0.isFinite }, "a lead's probability is not above 0")
        // Summed in order: how a sum is rounded must not hang on hashes.
        let total = leads.keys.sorted().reduce(0) { $0 + (leads[$1] ?? 0) }
        let excess = max(1, total / (1 - Self.evenShare))
        self.leads = leads.mapValues { $0 / excess }
    }

    /// Whether anything is known of a commit that lets it be the culprit.
    func isPossible(_ index: Int) -> Bool { canDiffer?[index] ?? true }

    /// For each of some commits, ascending, how likely it is; together 1, unless none of them can be it.
    func probabilities(of commits: [Int]) -> [Double] {
        let possible = commits.count(where: isPossible)
        let shares = commits.map { leads[$0] ?? 0 }
        let even = (1 - shares.reduce(0, +)) / Double(possible)
        return zip(commits, shares).map { isPossible($0) ? even + $1 : 0 }
    }

    /// The same in whole numbers, so that sums which should be equal are: a commit counts as one, and a lead as many more
    /// as make it so likely among all commits.
    ///
    /// - Parameter commits: some of the commits, ascending.
    /// - Parameter count: the number of all commits.
    func weights(of commits: [Int32], count: Int) -> [Int] {
        let possible = Double(canDiffer?.count { $0 } ?? count)
        let even = 1 - leads.keys.sorted().reduce(0) { $0 + (leads[$1] ?? 0) }
        return commits.map { commit in
            guard isPossible(Int(commit)) else { return 0 }
            return 1 + (leads[Int(commit)].map { Int(($0 / even * possible).rounded(.up)) } ?? 0)
        }
    }
}
