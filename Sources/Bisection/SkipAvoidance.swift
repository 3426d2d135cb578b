/// Where, by mass, a measurement is likely to succeed, given where others were skipped.
///
/// Broken commits come in pockets. The skipped commits around the best choice span a pocket; the next choice keeps a
/// distance from it that is at least as long as the pocket is now, but at most half the way to the end. So each
/// further skip doubles the pocket or halves what is left beside it: a pocket of k commits costs O(log k) questions.
/// Choices inside the pocket come last, the farthest from any skip first; as all of them do come, nothing is missed.
struct SkipAvoidance {
    /// How likely each of some commits can be measured, 0...1; nil when no skip is near the best choice.
    ///
    /// Distances are counted in commits, by the order of their masses.
    ///
    /// - Parameters:
    ///   - masses: those of the commits that can be chosen.
    ///   - skipped: those of the skipped ones.
    ///   - total: the mass of all candidates.
    static func prospects(of masses: [Int], besides skipped: [Int], total: Int) -> [Double]? {
        let skipped = skipped.filter { $0 > 0 && $0 < total }.sorted()
        guard !skipped.isEmpty else { return nil }
        let ordered = Set(masses + skipped).filter { $0 > 0 && $0 < total }.sorted()
        let ranks = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0 + 1) })
        // The lowest of those that come closest to half.
        let centre = masses.filter { $0 > 0 && $0 < total }
            .min { (min($1, total - $1), $0) < (min($0, total - $0), $1) }
        guard let centre, let rank = ranks[centre] else { return nil }
        let avoidance = SkipAvoidance(
            total: ordered.count + 1, centre: rank, skippedRanks: skipped.compactMap { ranks[$0] })
        return masses.map { ranks[$0].map { avoidance.prospects[$0] } ?? 1 }
    }

    /// For each rank 0...total, a factor 0...1; all 1 when no skip is near the best choice.
    private let prospects: [Double]

    /// - Parameters:
    ///   - total: one more than the number of ranks between the ends.
    ///   - centre: the rank of the best choice.
    ///   - skippedRanks: the ranks of the skipped candidates, ascending.
    private init(total: Int, centre: Int, skippedRanks: [Int]) {
        var prospects = [Double](repeating: 1, count: total + 1)
        // A sixteenth from the middle costs 1 % of a bit, and leaves small pockets behind at once.
        let step = max(1, total / 16)
        if let pocket = Self.pocket(around: centre, of: skippedRanks, step: step) {
            let distance = max(step, pocket.count - 1)
            let left = max(1, min(distance, (pocket.lowerBound + 1) / 2))
            let right = max(1, min(distance, (total - pocket.upperBound + 1) / 2))
            for rank in 0...total {
                if rank < pocket.lowerBound {
                    prospects[rank] = min(1, Double(pocket.lowerBound - rank) / Double(left))
                } else if rank > pocket.upperBound {
                    prospects[rank] = min(1, Double(rank - pocket.upperBound) / Double(right))
                }
            }
            Self.rankInside(pocket, skipped: skippedRanks, &prospects)
        }
        self.prospects = prospects
    }

    /// The span of the skips that hang together with `centre`, or nil when none does.
    private static func pocket(around centre: Int, of skipped: [Int], step: Int) -> ClosedRange<Int>? {
        var pocket = centre...centre
        var after = skipped.firstIndex { $0 >= centre } ?? skipped.count
        var before = after - 1
        let none = (before, after)
        while true {
            let reach = max(step, pocket.count - 1)
            if before >= 0, pocket.lowerBound - skipped[before] <= reach {
                pocket = min(pocket.lowerBound, skipped[before])...pocket.upperBound
                before -= 1
            } else if after < skipped.count, skipped[after] - pocket.upperBound <= reach {
                pocket = pocket.lowerBound...max(pocket.upperBound, skipped[after])
                after += 1
            } else {
                return (before, after) == none ? nil : pocket
            }
        }
    }

    /// Gives the ranks inside the pocket factors below all those outside, by their distance to the nearest skip.
    private static func rankInside(_ pocket: ClosedRange<Int>, skipped: [Int], _ prospects: inout [Double]) {
        var distances = [Int](repeating: pocket.count, count: pocket.count)
        for rank in skipped where pocket.contains(rank) { distances[rank - pocket.lowerBound] = 0 }
        for offset in distances.indices.dropFirst() {
            distances[offset] = min(distances[offset], distances[offset - 1] + 1)
        }
        for offset in distances.indices.dropLast().reversed() {
            distances[offset] = min(distances[offset], distances[offset + 1] + 1)
        }
        for (offset, distance) in distances.enumerated() {
            prospects[pocket.lowerBound + offset] = 1e-9 * (Double(distance) + 0.5) / Double(pocket.count + 1)
        }
    }
}
