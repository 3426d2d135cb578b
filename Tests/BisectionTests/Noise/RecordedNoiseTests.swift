import Bisection
import TestSupport
import Testing

/// Searches in what real benchmarks took, with a step planted: by `NOISE_TRIALS=1000` as many for each factor.
@Suite("Searches in the noise of a real machine")
struct RecordedNoiseTests {
    @Test("The rate of wrong names is below alpha", arguments: [1.0, 1.02, 1.05, 1.2, 2])
    func steps(factor: Double) throws {
        let trials = CalibrationTests.trials ?? 60
        try #require(RecordedNoise.all.count == 6)
        var (found, wrong, runs) = (0, 0, 0)
        for trial in 0..<trials {
            var generator = SeededGenerator(seed: 600_000 + trial)
            let history = History.branching(count: 32, using: &generator)
            let culprit = factor == 1 ? nil : Int.random(in: 0..<32, using: &generator)
            var simulation = NoisySimulation(history, culprit: culprit, seed: 700_000 + trial)
            let noise = RecordedNoise.all[trial % 6].beginning(using: &generator)
            simulation.recorded = (noise, factor)
            let result = simulation.run(budget: 200)
            runs += simulation.questions.count
            guard case .found(let name) = result else { continue }
            if name == culprit { found += 1 } else { wrong += 1 }
        }
        let rate = Rate(count: wrong, trials: trials)
        if CalibrationTests.trials != nil {
            print("x\(factor): \(found) found, \(wrong) wrong of \(trials), \(runs / trials) runs in the mean")
        }
        #expect(rate.upperBound <= CalibrationTests.alpha, "\(rate) of wrong names at \(factor)")
        if factor == 2 { #expect(found >= trials * 9 / 10) }
    }
}
