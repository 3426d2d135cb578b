/// How likely each commit is to be the culprit before anything was measured.
///
/// A search holds a belief: this prior times its evidence. An exact evaluation is evidence without noise, which leaves
/// the prior as it is on the commits that agree with it, and takes all other commits out.
///
/// Leads say how likely their commits are. Half of what they leave of 1 goes by how much each commit changed of what
/// decides, since a large change has more places for a fault. The other half is spread evenly, and never less than a fifth
/// of all: amounts can cost one measurement more, and save as many as a commit stands out. Over 38 steps in the histories
/// of ten Go libraries, searched without leads, 254 questions became 245.
///
/// ```swift
/// let prior = CulpritPrior(canDiffer: flags, leads: [2: 0.6])     // 60 % the third commit, 40 % all of them
/// ```
public struct CulpritPrior: Sendable, Hashable {
    /// The share that is spread evenly at least, so that nothing can keep a commit from being found.
    static let evenShare = 0.2
    /// What a commit of the mean likelihood weighs where amounts are known: enough for each one's share to show, since
    /// weights are whole numbers.
    private static let meanWeight = 16.0

    /// Whether each commit changes anything that decides; nil for all.
    let canDiffer: [Bool]?
    /// For each commit a measure of how much it changed of what decides, 0 for one that cannot differ; nil when that is
    /// not known, or the same for all.
    let amounts: [Double]?
    /// How likely a lead was said to be right, by the index of its commit; in all at most what is not spread evenly.
    let leads: [Int: Double]

    /// - Parameters:
    ///   - canDiffer: false for a commit whose measured inputs equal those of a parent inside the range, so that it
    ///     can hardly be the culprit. Nil: all can differ.
    ///   - changes: how much each commit changed of what decides, from 1 on. Nil: all as much.
    ///   - leads: how likely some commits are to be the culprit, by index, each above 0. What is left of 1 is spread
    ///     over all that can differ; where that is less than 20 %, all leads are as much less likely. One of a
    ///     commit that cannot differ is not a lead.
    public init(canDiffer: [Bool]? = nil, changes: [Int]? = nil, leads: [Int: Double] = [:]) {
        self.init(
            canDiffer: canDiffer, amounts: changes.flatMap { Self.amounts($0, canDiffer) }, leads: leads)
    }

    /// The same with other leads.
    func following(_ leads: [Int: Double]) -> CulpritPrior {
        CulpritPrior(canDiffer: canDiffer, amounts: amounts, leads: leads)
    }

    private init(canDiffer: [Bool]?, amounts: [Double]?, leads: [Int: Double]) {
        self.canDiffer = canDiffer
        self.amounts = amounts
        let leads = leads.filter { canDiffer?[$0.key] ?? true }
        precondition(leads.values.allSatisfy { $0 > 0 && $0.isFinite }, "a lead's probability is not above 0")
        // Summed in order: how a sum is rounded must not hang on hashes.
        let total = leads.keys.sorted().reduce(0) { $0 + (leads[$1] ?? 0) }
        let excess = max(1, total / (1 - Self.evenShare))
        self.leads = leads.mapValues { $0 / excess }
    }

    /// By the logarithm, since a commit that changes a hundred files is not a hundred times as likely as one that changes
    /// one: most of it is often the same everywhere, such as a new name.
    private static func amounts(_ changes: [Int], _ canDiffer: [Bool]?) -> [Double]? {
        let counts = changes.indices.map { canDiffer?[$0] ?? true ? max(1, changes[$0]) : 0 }
        guard let most = counts.max(), counts.contains(where: { $0 > 0 && $0 < most }) else { return nil }
        let logarithm = BinaryLogarithm(limit: most + 1)
        return counts.map { $0 == 0 ? 0 : logarithm.log(1 + $0) }
    }

    /// Whether anything is known of a commit that lets it be the culprit.
    func isPossible(_ index: Int) -> Bool { canDiffer?[index] ?? true }

    /// For each of some commits, ascending, how likely it is; together 1, unless none of them can be it.
    func probabilities(of commits: [Int]) -> [Double] {
        let possible = commits.count(where: isPossible)
        let shares = commits.map { leads[$0] ?? 0 }
        let rest = rest(besides: shares.reduce(0, +), of: commits.lazy.map { amounts?[$0] ?? 0 }.reduce(0, +))
        return zip(commits, shares).map { commit, share in
            isPossible(commit) ? share + rest.even / Double(possible) + rest.amount * (amounts?[commit] ?? 0) : 0
        }
    }

    /// The same in whole numbers, so that sums which should be equal are: where nothing is known of amounts, a commit
    /// counts as one, and a lead as many more as make it so likely among all commits.
    ///
    /// - Parameter commits: some of the commits, ascending.
    /// - Parameter count: the number of all commits.
    func weights(of commits: [Int32], count: Int) -> [Int] {
        let possible = Double(canDiffer?.count { $0 } ?? count)
        let rest = rest(
            besides: leads.keys.sorted().reduce(0) { $0 + (leads[$1] ?? 0) }, of: amounts?.reduce(0, +) ?? 0)
        let unit = amounts == nil ? possible / rest.even : Self.meanWeight * possible
        return commits.map { commit in
            let commit = Int(commit)
            guard isPossible(commit) else { return 0 }
            let own = unit * (rest.even / possible + rest.amount * (amounts?[commit] ?? 0))
            return max(1, Int(own.rounded())) + (leads[commit].map { Int(($0 * unit).rounded(.up)) } ?? 0)
        }
    }

    /// What leads leave of 1: the part that is spread evenly, and what a commit has besides for each unit of its amount.
    private func rest(besides leads: Double, of total: Double) -> (even: Double, amount: Double) {
        let rest = 1 - leads
        let even = total > 0 ? max(min(rest, Self.evenShare), rest / 2) : rest
        return (even, total > 0 ? (rest - even) / total : 0)
    }
}
