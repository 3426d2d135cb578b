extension CommitGraph {
    /// How likely each of some leads is to be where a series crosses its bound, by how much of its change they made.
    ///
    /// With +1 at A and +1 later at B, the first crossing of +1 is A's, and that of +2 is B's: what is meant is the first
    /// lead at which it and those before it reach the bound, however much more others made. It has 60 %, since shares
    /// are hints, and the others have 20 % by their shares. Where none reaches the bound, all have as much as they
    /// explain, 80 % at most.
    ///
    /// - Parameters:
    ///   - shares: the part of the change from the good end to the bad end that each lead made, by its index; above 0.
    ///   - bound: the part of the change at which the bound lies, from 0 to 1.
    /// - Returns: The probabilities by index; their sum is below 1.
    public func probabilities(ofLeads shares: [Int: Double], bound: Double) -> [Int: Double] {
        let ordered = shares.sorted { $0.key < $1.key }
        let total = ordered.reduce(0) { $0 + $1.value }
        let meant = ordered.first { lead in
            let before = ancestors(of: [lead.key])
            // Shares are rounded by whoever worked them out.
            return ordered.reduce(0) { before.contains($1.key) ? $0 + $1.value : $0 } >= bound - 0.02
        }
        guard let meant = meant?.key else { return shares.mapValues { 0.8 * $0 / max(1, total) } }
        let others = total - (shares[meant] ?? 0)
        return Dictionary(
            uniqueKeysWithValues: ordered.map { index, share in
                (index, index == meant ? (others > 0 ? 0.6 : 0.8) : 0.2 * share / others)
            })
    }
}
