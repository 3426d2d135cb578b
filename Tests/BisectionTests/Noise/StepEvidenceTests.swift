import Foundation
import TestSupport
import Testing

@testable import Bisection

@Suite("The likelihood, and what follows from it, against matrices of all runs")
struct StepEvidenceTests {
    @Test(arguments: 0..<20) func theLikelihoodIsThatOfTheCovarianceMatrix(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var evidence = StepEvidence()
        evidence.split(0)
        var (values, bad) = ([Double](), [Bool]())
        for run in 0..<Int.random(in: 3...12, using: &generator) {
            bad.append(run == 1 || run > 1 && generator.once(in: 2))
            values.append(7 + (bad[run] ? 0.1 : 0) + 0.05 * generator.normal())
            evidence.add(values[run], isBad: [bad[run], false])
        }
        let none = bad.map { _ in false }
        for (hypothesis, says) in [(0, bad), (1, none), (nil, none)] {
            let log = evidence.logLikelihood(hypothesis)
            // A constant is left out: the same for all hypotheses and drifts.
            let constant = DenseEvidence(values, bad, drift: 0).logLikelihood - evidence.logLikelihood(0)[0]
            for lane in 0..<4 {
                let dense = DenseEvidence(values, says, drift: StepEvidence.drifts[lane])
                let expected = dense.logLikelihood + Foundation.log(StepEvidence.driftPrior[lane] / 0.7)
                #expect(abs(log[lane] + constant - expected) < 1e-8)
            }
        }
    }

    /// Every commit's probability by Bayes' theorem, without groups, filters or columns.
    @Test(arguments: 0..<20) func probabilitiesFollowFromBayesTheorem(seed: Int) {
        var generator = SeededGenerator(seed: 100 + seed)
        let history = History.random(count: Int.random(in: 1...12, using: &generator), using: &generator)
        let canDiffer = (0..<history.count).map { $0 == history.count - 1 || !generator.once(in: 4) }
        let culprits = history.ancestors(of: history.count - 1).filter { canDiffer[$0] }
        let weights = (0..<history.count).map { index in
            culprits.contains(index) ? Double.random(in: 0...3, using: &generator) : 0
        }
        var bisector = NoisyBisector(
            graph: history.graph, good: 1, bad: history.tip,
            prior: CulpritPrior(canDiffer: canDiffer, weights: weights))
        var runs: [(index: Int, value: Double)] = []
        for _ in 0..<Int.random(in: 2...15, using: &generator) {
            runs.append((Int.random(in: -1..<history.count, using: &generator), 100 * exp(0.1 * generator.normal())))
            bisector.record(runs.last!.value, at: runs.last!.index < 0 ? 1 : 1000 + runs.last!.index)
        }
        let values = runs.map { Foundation.log($0.value) }
        let total = culprits.reduce(0) { $0 + weights[$1] }
        var likelihoods: [Int?: Double] = [:]
        for culprit in culprits.map(Optional.some) + [nil] {
            let bad = culprit.map { history.closure(of: [$0]) } ?? []
            let prior = culprit.map { 0.95 * (0.2 / Double(culprits.count) + 0.8 * weights[$0] / total) } ?? 0.05
            likelihoods[culprit] = (0..<4).reduce(0) { sum, lane in
                let drift = StepEvidence.drifts[lane]
                let dense = DenseEvidence(values, runs.map { bad.contains($0.index) }, drift: drift)
                return sum + prior * StepEvidence.driftPrior[lane] * exp(dense.logLikelihood)
            }
        }
        let sum = likelihoods.values.reduce(0, +)
        for index in 0..<history.count {
            let expected = (likelihoods[index] ?? 0) / sum
            #expect(abs(bisector.probability(of: 1000 + index) - expected) < 1e-8)
        }
        #expect(abs(bisector.noStepProbability - likelihoods[nil]! / sum) < 1e-8)
    }

    @Test func estimatesAreThoseOfTwoSamples() {
        var evidence = StepEvidence()
        let (good, bad) = ([1.0, 1.2, 1.1, 1.3], [2.1, 2.0, 2.3, 2.2])
        for (first, second) in zip(good, bad) {
            evidence.add(first, isBad: [false])
            evidence.add(second, isBad: [true])
        }
        let estimate = evidence.estimate(0)
        #expect(abs(estimate.change - 1) < 0.02)
        // The pooled standard deviation is 0.129; what may be drift adds to it or takes from it.
        #expect(abs(estimate.deviation - 0.129) < 0.03)
        #expect(estimate.isSignificant && estimate.smallestVisibleChange == 4 * estimate.standardError)
        #expect(estimate.driftProbability < 0.5)
    }

    /// When the truth is drawn from the model, what has a probability of p is true p of the time.
    @Test func percentagesAreTrue() {
        let bounds = [0.01, 0.1, 0.5, 0.9]
        var claimed = [Double](repeating: 0, count: 5)
        var (variance, right) = (claimed, claimed)
        for trial in 0..<(CalibrationTests.trials ?? 100) {
            var generator = SeededGenerator(seed: 600_000 + trial)
            let history = History.branching(count: 20, using: &generator)
            let culprit = generator.once(in: 20) ? nil : Int.random(in: 0..<20, using: &generator)
            var simulation = NoisySimulation(history, culprit: culprit, seed: 700_000 + trial)
            simulation.gap = generator.normal()
            simulation.drift = generator.once(in: 10) ? .wandering : .none
            _ = simulation.run(budget: 60)
            for index in 0..<20 {
                let probability = simulation.bisector.probability(of: 1000 + index)
                let bin = bounds.firstIndex { probability < $0 } ?? bounds.count
                claimed[bin] += probability
                variance[bin] += probability * (1 - probability)
                if index == culprit { right[bin] += 1 }
            }
        }
        for bin in claimed.indices {
            #expect(abs(right[bin] - claimed[bin]) <= 3 * max(variance[bin], 1).squareRoot(), "\(claimed) \(right)")
        }
        if CalibrationTests.trials != nil { print("percentages: claimed \(claimed), right \(right)") }
    }
}

/// The marginal likelihood of values from their covariance matrix, by elimination.
///
/// For a given variance s², the values are normal with a covariance of s² times the sum of: 1 on the diagonal, drift
/// times the number of changes of level that two runs share, and 1 for two bad runs, from the step's prior.
private struct DenseEvidence {
    let logLikelihood: Double

    init(_ values: [Double], _ bad: [Bool], drift: Double) {
        let count = values.count
        var rows = (0..<count).map { row in
            (0..<count).map { column in
                (row == column ? 1 : 0) + drift * Double(min(row, column)) + (bad[row] && bad[column] ? 1 : 0)
            } + [1, values[row] - values[0]]
        }
        var logDeterminant = 0.0
        for pivot in 0..<count {
            logDeterminant += log(rows[pivot][pivot])
            for row in (pivot + 1)..<max(count, pivot + 1) {
                let factor = rows[row][pivot] / rows[pivot][pivot]
                for column in pivot..<(count + 2) { rows[row][column] -= factor * rows[pivot][column] }
            }
        }
        // With the triangular matrix L D L', products with the inverse are sums over the rows.
        func product(_ first: Int, _ second: Int) -> Double {
            rows.indices.reduce(0) { $0 + rows[$1][first] * rows[$1][second] / rows[$1][$1] }
        }
        let (ones, mixed, squares) = (product(count, count), product(count, count + 1), product(count + 1, count + 1))
        let left = squares - mixed * mixed / ones + 1e-6
        logLikelihood = -0.5 * (logDeterminant + log(ones) + Double(count - 1) * log(left))
    }
}
