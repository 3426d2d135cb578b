import Benchmarks
import TestSupport
import Testing

/// Linear histories with one planted step, searched as a search does it: the ends, halving, and the confirmation of the
/// culprit and its parent, whose measurements jitter.
@Suite("A commit that is named makes the step") struct PlantedStepTests {
    private struct History {
        var levels: [Double]
        /// How far a measurement may lie above its level, an operation.
        var jitter: Double
        /// Whether the jitter changes from run to run, and not only from commit to commit.
        var isRandom: Bool
        let pair: IterationPair
        var generator: SeededGenerator
        var rounds: [Int: [(short: Double, long: Double)]] = [:]
        private var offsets: [Double] = []
        private var setUps: [Double] = []

        init(levels: [Double], jitter: Double, isRandom: Bool, pair: IterationPair, generator: SeededGenerator) {
            (self.levels, self.jitter, self.isRandom, self.pair) = (levels, jitter, isRandom, pair)
            self.generator = generator
            offsets = levels.map { _ in Double.random(in: 0...1, using: &self.generator) }
            setUps = levels.map { _ in Double(Int.random(in: 0...300, using: &self.generator)) }
        }

        mutating func measure(_ commit: Int, rounds wanted: Int) -> Sample {
            while rounds[commit, default: []].count < wanted {
                let setUp = setUps[commit]
                let share = isRandom ? Double.random(in: 0...1, using: &generator) : offsets[commit]
                let stray = jitter * share * Double(pair.span)
                rounds[commit, default: []].append(
                    (
                        setUp + (levels[commit] * Double(pair.short)).rounded(),
                        setUp + (levels[commit] * Double(pair.long) + stray).rounded()
                    ))
            }
            return Totals.sample(.allocations, rounds[commit] ?? [], pair)!
        }
    }

    /// The commit that is named; nil when none is.
    private func search(_ history: inout History, _ text: String) throws -> Int? {
        let last = history.levels.count - 1
        var criterion: Criterion?
        func judge(_ commit: Int, atLeast rounds: Int = 1) -> Criterion.Judgement {
            var rounds = rounds
            while true {
                let judgement = criterion!.judge(history.measure(commit, rounds: rounds))
                guard case .needs(let more) = judgement else { return judgement }
                rounds = max(rounds, more)
            }
        }
        let threshold = try Threshold(text)
        // The bound follows the good end, which is measured again when it lies near.
        for _ in 0..<3 {
            let (good, bad) = (history.measure(0, rounds: 1), history.measure(last, rounds: 1))
            criterion = Criterion(
                metric: .allocations,
                bound: threshold.bound(good: good.value, metric: .allocations, pair: history.pair)!, good: good,
                bad: bad.value, isAbsolute: threshold.isAbsolute, pair: history.pair)
            guard judge(last) == .bad, judge(0) == .good else { return nil }
        }
        var (good, bad) = (0, last)
        while bad - good > 1 {
            let middle = (good + bad) / 2
            switch judge(middle) {
            case .good: good = middle
            case .bad: bad = middle
            case .noise, .needs: return nil
            }
        }
        guard judge(good, atLeast: 2) == .good, judge(bad, atLeast: 2) == .bad else { return nil }
        let (before, after) = (history.measure(good, rounds: 2), history.measure(bad, rounds: 2))
        return criterion!.objection(to: after, after: before) == nil ? bad : nil
    }

    /// Steps of exactly the floor with a jitter of every size below it, from nothing to the floor itself. One that comes
    /// back whenever a commit is measured is a change of that commit, and is none only below half of the floor.
    @Test(arguments: 0..<400) func neverACommitWithoutAStep(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let good = Double(Int.random(in: 0...19_000, using: &generator)) / 1000
        let count = Int.random(in: 2...40, using: &generator)
        let step = Int.random(in: 1..<count, using: &generator)
        let levels = (0..<count).map { $0 < step ? good : good + 1 }
        let jitter = Double(Int.random(in: 0...99, using: &generator)) / 100
        for isRandom in [false, true] {
            var history = History(
                levels: levels, jitter: isRandom ? jitter : jitter / 2, isRandom: isRandom, pair: .standard,
                generator: generator)
            let named = try search(&history, ["+5%", "+1"].randomElement(using: &generator)!)
            #expect(named == nil || named == step, "jitter \(jitter), from \(good)")
        }
    }

    /// With the jitter that was seen of the runtime the step is found, whether the level is a whole number or not, and
    /// five repeats give one answer.
    @Test(arguments: 0..<200) func strayAllocationsChangeNoAnswer(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let isWhole = Bool.random(using: &generator)
        let good = Double(Int.random(in: 0...19, using: &generator)) + (isWhole ? 0 : 0.8904)
        let count = Int.random(in: 2...40, using: &generator)
        let step = Int.random(in: 1..<count, using: &generator)
        let levels = (0..<count).map { $0 < step ? good : good + 1 }
        for pair in [IterationPair.standard, IterationPair(short: 30, long: 300)] {
            for repeated in 0..<5 {
                var history = History(
                    levels: levels, jitter: (pair.long < 1000 ? 4 : 6) / Double(pair.span), isRandom: true, pair: pair,
                    generator: SeededGenerator(seed: seed * 5 + repeated))
                #expect(try search(&history, "+5%") == step, "from \(good) at \(pair)")
            }
        }
    }

    /// From nothing to anything, with set-up in every run.
    @Test(arguments: [1.0, 2, 300]) func fromNothing(level: Double) throws {
        for step in 1..<20 {
            var history = History(
                levels: (0..<20).map { $0 < step ? 0 : level }, jitter: 0.005, isRandom: true, pair: .standard,
                generator: SeededGenerator(seed: step))
            #expect(try search(&history, ">0") == step)
        }
    }
}
