import Bisection

/// What follows from evaluations, found by trying every set of bad commits.
enum BruteForce {
    /// The ancestors of `bad` that are a culprit in at least one world: a set of commits that holds all children of
    /// its members, all commits marked bad and none marked good.
    static func culprits(of history: History, _ evaluations: [Int: Evaluation], bad: Int) -> Set<Int> {
        let count = history.count
        let ancestors = history.ancestors(of: bad)
        var parentMasks = [Int](repeating: 0, count: count)
        for (index, parents) in history.parents.enumerated() {
            for parent in parents where parent >= 0 { parentMasks[index] |= 1 << parent }
        }
        var mustBeBad = 0
        var mustBeGood = 0
        for (index, evaluation) in evaluations {
            if evaluation == .bad { mustBeBad |= 1 << index }
            if evaluation == .good { mustBeGood |= 1 << index }
        }
        var result: Set<Int> = []
        for world in 0..<(1 << count) where world & mustBeBad == mustBeBad && world & mustBeGood == 0 {
            let isClosed = (0..<count).allSatisfy { world & parentMasks[$0] == 0 || world & (1 << $0) != 0 }
            guard isClosed else { continue }
            for index in ancestors where world & (1 << index) != 0 && world & parentMasks[index] == 0 {
                result.insert(index)
            }
        }
        return result
    }
}
