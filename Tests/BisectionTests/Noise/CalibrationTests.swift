import Bisection
import Foundation
import TestSupport
import Testing

/// How often a search names the wrong commit, and how many runs it takes, in histories of 64 commits.
///
/// `NOISE_TRIALS=1000` makes as many searches of every kind, holds each kind to the bound by itself, and prints the
/// figures. It takes minutes in a release build.
@Suite("The rate of wrong names, and the runs that a search takes")
struct CalibrationTests {
    static let trials = ProcessInfo.processInfo.environment["NOISE_TRIALS"].flatMap(Int.init)
    static let alpha = 0.05
    static let gaps = [4.0, 2, 1]

    static let kinds: [Kind] =
        Noise.allCases.map { Kind(noise: $0) } + Drift.allCases.dropFirst().map { Kind(drift: $0) }
        + [Kind(leads: .right), Kind(leads: .wrong)]

    @Test(arguments: gaps) func theRateOfWrongNamesIsBelowAlpha(gap: Double) {
        var all = Outcome()
        for kind in Self.kinds {
            let outcome = Outcome(of: kind, gap: gap, trials: Self.trials ?? 8)
            if Self.trials != nil {
                #expect(outcome.wrong.upperBound <= Self.alpha, "\(kind) at \(gap): \(outcome)")
                print("\(kind) at \(gap): \(outcome)")
            }
            all.add(outcome)
        }
        #expect(all.wrong.upperBound <= Self.alpha, "\(all)")
    }

    @Test func aStepOfTwoStandardDeviationsTakesFiftyRunsAtMost() {
        let outcome = Outcome(of: Kind(), gap: 2, trials: Self.trials ?? 50)
        #expect(outcome.meanRuns <= 50, "\(outcome)")
    }

    @Test func withoutAStepNothingIsNamed() {
        var named = 0
        let trials = Self.trials ?? 60
        for trial in 0..<trials {
            var simulation = NoisySimulation(.linear(16), culprit: nil, seed: 300_000 + trial)
            simulation.noise = Noise.allCases[trial % Noise.allCases.count]
            simulation.drift = Drift.allCases[trial % Drift.allCases.count]
            if case .found = simulation.run(budget: 100) { named += 1 }
        }
        let rate = Rate(count: named, trials: trials)
        if Self.trials != nil { print("named without a step: \(rate)") }
        #expect(rate.upperBound <= Self.alpha, "\(rate)")
    }

    /// What is claimed when the budget ends early is at most five points more than what is true.
    @Test(arguments: gaps) func claimsAreNotTooHigh(gap: Double) {
        let trials = Self.trials ?? 20
        for noise in Noise.allCases {
            var (claimed, variance, right) = (0.0, 0.0, 0.0)
            for trial in 0..<trials {
                var generator = SeededGenerator(seed: 400_000 + trial)
                let history = History.branching(count: 24, using: &generator)
                let culprit = Int.random(in: 0..<24, using: &generator)
                var simulation = NoisySimulation(history, culprit: culprit, seed: 500_000 + trial)
                (simulation.noise, simulation.gap) = (noise, gap)
                _ = simulation.run(budget: Int(8 + 24 / gap))
                guard let first = simulation.bisector.suspects.first else { continue }
                claimed += first.probability
                variance += first.probability * (1 - first.probability)
                if first.commit == 1000 + culprit { right += 1 }
            }
            let deviation = variance.squareRoot()
            if Self.trials != nil { print("\(noise) at \(gap): claimed \(claimed), right \(right) ± \(deviation)") }
            #expect(right >= claimed - 0.05 * Double(trials) - 3 * deviation, "\(noise)")
        }
    }
}

/// A kind of search.
struct Kind: CustomStringConvertible {
    enum Leads { case none, right, wrong }

    var noise = Noise.normal
    var drift = Drift.none
    var leads = Leads.none

    var description: String { "\(noise) noise, drift \(drift), leads \(leads)" }

    /// A few commits with most of the weight, the culprit among them or not.
    func weights(culprit: Int, using generator: inout SeededGenerator) -> [Double]? {
        guard leads != .none else { return nil }
        var weights = [Double](repeating: 1, count: 64)
        for _ in 0..<3 { weights[Int.random(in: 0..<64, using: &generator)] = 50 }
        weights[culprit] = leads == .right ? 100 : 0
        return weights
    }
}

/// What many searches gave.
struct Outcome: CustomStringConvertible {
    private var named = 0
    private var wrongNames = 0
    private var searches = 0
    private var runs = 0
    private var claimed = 0.0

    init() {}

    init(of kind: Kind, gap: Double, trials: Int) {
        for trial in 0..<trials {
            var generator = SeededGenerator(seed: 100_000 + trial)
            let history = History.branching(count: 64, using: &generator)
            let culprit = Int.random(in: 0..<64, using: &generator)
            let weights = kind.weights(culprit: culprit, using: &generator)
            var simulation = NoisySimulation(history, culprit: culprit, weights: weights, seed: 200_000 + trial)
            (simulation.noise, simulation.drift, simulation.gap) = (kind.noise, kind.drift, gap)
            let result = simulation.run(budget: 900)
            searches += 1
            runs += simulation.questions.count
            guard let result else { continue }
            named += 1
            if result != .found(culprit: culprit) { wrongNames += 1 }
            if case .found(let name) = result { claimed += simulation.bisector.probability(of: 1000 + name) }
        }
    }

    mutating func add(_ other: Outcome) {
        named += other.named
        wrongNames += other.wrongNames
        searches += other.searches
        runs += other.runs
        claimed += other.claimed
    }

    var wrong: Rate { Rate(count: wrongNames, trials: searches) }
    var meanRuns: Double { Double(runs) / Double(searches) }

    var description: String {
        "\(wrong) wrong, \(searches - named) undecided, \(meanRuns) runs, claimed \(claimed / Double(named))"
    }
}
