/// Where, by mass, a measurement is likely to succeed, given where others were skipped.
///
/// Broken commits come in pockets. Skips that are close together span a pocket; the next choice keeps a distance from it
/// that is at least as long as the pocket is now, but at most half the way to the end or to the next pocket. So each
/// further skip doubles the pocket or halves what is left beside it: a pocket of k commits costs O(log k) questions.
/// Choices inside the pocket come last, the farthest from any skip first; as all of them do come, nothing is missed.
struct SkipAvoidance {
    /// How likely each of some commits can be measured, 0...1; nil when none was skipped.
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
        let avoidance = SkipAvoidance(total: ordered.count + 1, skippedRanks: skipped.compactMap { ranks[$0] })
        return masses.map { ranks[$0].map { avoidance.prospects[$0] } ?? 1 }
    }

    /// For each rank 0...total, a factor 0...1.
    private let prospects: [Double]

    /// - Parameters:
    ///   - total: one more than the number of ranks between the ends.
    ///   - skippedRanks: the ranks of the skipped candidates, ascending.
    private init(total: Int, skippedRanks: [Int]) {
        var prospects = [Double](repeating: 1, count: total + 1)
        // A sixteenth from the middle costs 1 % of a bit, and leaves small pockets behind at once.
        let step = max(1, total / 16)
        let pockets = Self.pockets(of: skippedRanks, step: step)
        for (position, pocket) in pockets.enumerated() {
            let before = position > 0 ? pockets[position - 1].upperBound : 0
            let after = position + 1 < pockets.count ? pockets[position + 1].lowerBound : total
            let distance = max(step, pocket.count - 1)
            let left = max(1, min(distance, (pocket.lowerBound - before + 1) / 2))
            let right = max(1, min(distance, (after - pocket.upperBound + 1) / 2))
            for rank in max(before, pocket.lowerBound - left)..<pocket.lowerBound {
                prospects[rank] = min(prospects[rank], Double(pocket.lowerBound - rank) / Double(left))
            }
            for rank in (pocket.upperBound + 1)..<max(pocket.upperBound + 1, min(after, pocket.upperBound + right)) {
                prospects[rank] = min(prospects[rank], Double(rank - pocket.upperBound) / Double(right))
            }
        }
        for pocket in pockets { Self.rankInside(pocket, skipped: skippedRanks, &prospects) }
        self.prospects = prospects
    }

    /// The spans of the skips that hang together, ascending.
    private static func pockets(of skipped: [Int], step: Int) -> [ClosedRange<Int>] {
        var pockets: [ClosedRange<Int>] = []
        for rank in skipped {
            var last = rank...rank
            while let before = pockets.last,
                last.lowerBound - before.upperBound <= max(step, before.count - 1, last.count - 1)
            {
                last = before.lowerBound...last.upperBound
                pockets.removeLast()
            }
            pockets.append(last)
        }
        return pockets
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
