import Bisection
import Foundation
import TestSupport

/// A search of a noisy series, driven to its end against a known truth.
struct NoisySimulation {
    let history: History
    /// The index of the culprit; nil for no step.
    let culprit: Int?
    var bisector: NoisyBisector<Int>
    var noise = Noise.normal
    var drift = Drift.none
    /// The step in standard deviations of the noise, which are 2 %.
    var gap = 2.0
    /// Noise of a real machine instead of the kinds above, and what the culprit multiplies it by.
    var recorded: (noise: RecordedNoise, factor: Double)?
    var skipped: Set<Int> = []
    var generator: SeededGenerator
    /// The indices that were run, in order; nil is the good end.
    private(set) var questions: [Int?] = []
    private var level = 0.0
    private let bad: Set<Int>

    /// The id of the good end: no commit of a `History` has it.
    static let good = 1

    init(_ history: History, culprit: Int?, weights: [Double]? = nil, canDiffer: [Bool]? = nil, seed: Int) {
        self.history = history
        self.culprit = culprit
        bad = culprit.map { history.closure(of: [$0]) } ?? []
        generator = SeededGenerator(seed: seed)
        bisector = NoisyBisector(
            graph: history.graph, good: Self.good, bad: history.tip,
            prior: CulpritPrior(canDiffer: canDiffer, weights: weights))
    }

    /// Runs until there is a result or the budget is used up; the result is in indices.
    mutating func run(budget: Int, cost: (Int) -> Double = { _ in 1 }) -> BisectionResult<Int>? {
        while questions.count < budget, let id = bisector.next(cost: cost) {
            if skipped.contains(id - 1000) {
                bisector.skip(id)
                continue
            }
            let index = id == Self.good ? nil : id - 1000
            bisector.record(value(at: index), at: id)
            questions.append(index)
        }
        return bisector.result?.map { $0 - 1000 }
    }

    private mutating func value(at index: Int?) -> Double {
        if let (noise, factor) = recorded {
            return 1000 * noise[questions.count] * (index.map(bad.contains) ?? false ? factor : 1)
        }
        level = drift.level(after: level, run: questions.count, using: &generator)
        let step = index.map(bad.contains) ?? false ? gap : 0
        return 1000 * exp(0.02 * (step + level + noise.value(using: &generator)))
    }
}

extension CulpritPrior {
    /// A prior in which all that is not spread evenly goes by some weights, in any unit; nil spreads it all.
    init(canDiffer: [Bool]? = nil, weights: [Double]?) {
        let weights = (weights ?? []).enumerated().filter { $0.element > 0 && canDiffer?[$0.offset] ?? true }
        let total = weights.reduce(0) { $0 + $1.element }
        self.init(
            canDiffer: canDiffer,
            leads: Dictionary(uniqueKeysWithValues: weights.map { ($0.offset, $0.element / total) }))
    }
}

extension History {
    /// Like real ones: up to four branches at a time, every fifth commit a merge, one tip.
    static func branching(count: Int, using generator: inout SeededGenerator) -> History {
        var parents: [[Int]] = []
        var heads = [-1]
        while parents.count < count {
            let index = parents.count
            let head = Int.random(in: 0..<heads.count, using: &generator)
            if heads.count > 1, heads.count >= count - index || generator.once(in: 4) {
                let other = heads.remove(at: head == 0 ? 1 : 0)
                let kept = head == 0 ? 0 : head - 1
                parents.append([heads[kept], other])
                heads[kept] = index
            } else if heads.count < 4, index > 0, index + heads.count < count - 1, generator.once(in: 4) {
                parents.append([Int.random(in: max(-1, index - 10)..<index, using: &generator)])
                heads.append(index)
            } else {
                parents.append([heads[head]])
                heads[head] = index
            }
        }
        return History(parents)
    }
}
