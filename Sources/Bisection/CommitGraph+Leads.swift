/// What a lead made of the change from the good end to the bad end.
public struct LeadShare: Hashable, Sendable {
    /// Its part of all rises and falls that the change is the sum of, above 0.
    public var size: Double
    /// Its part of the change itself, below 0 for what went the other way.
    public var progress: Double

    /// A share with both of its measures.
    public init(size: Double, progress: Double) {
        (self.size, self.progress) = (size, progress)
    }
}

extension CommitGraph {
    /// How likely each of some leads is to be where a series crosses its bound, by how much of its change they made.
    ///
    /// With +1 at A and +1 later at B, the first crossing of +1 is A's, and that of +2 is B's: what is meant is the first
    /// lead at which it and those before it reach the bound, however much more others made. It has 60 %, since shares
    /// are hints, and the others have 20 % by their sizes: also a lead that went the other way may have been misread.
    /// Where none reaches the bound, all have as much as their sizes are, 80 % at most.
    ///
    /// - Parameters:
    ///   - shares: what each lead made of the change, by its index.
    ///   - bound: the part of the change at which the bound lies, from 0 to 1.
    /// - Returns: The probabilities by index; their sum is below 1.
    public func probabilities(ofLeads shares: [Int: LeadShare], bound: Double) -> [Int: Double] {
        let ordered = shares.sorted { $0.key < $1.key }
        let total = ordered.reduce(0) { $0 + $1.value.size }
        let meant = ordered.first { lead in
            let before = ancestors(of: [lead.key])
            // Shares are rounded by whoever worked them out.
            let reached = ordered.reduce(0) { before.contains($1.key) ? $0 + $1.value.progress : $0 }
            return lead.value.progress > 0 && reached >= bound - 0.02
        }
        guard let meant = meant?.key else { return shares.mapValues { 0.8 * $0.size / max(1, total) } }
        let others = total - (shares[meant]?.size ?? 0)
        return Dictionary(
            uniqueKeysWithValues: ordered.map { index, share in
                (index, index == meant ? (others > 0 ? 0.6 : 0.8) : 0.2 * share.size / others)
            })
    }
}
