import Benchmarks
import Git
import GoToolchain
import Measuring

/// Runs with more and more iterations, for what grows with their number.
struct Scaling: Sendable {
    let workshop: any Workshop
    let question: Explainer.Question

    /// Allocations per iteration at 1, 10, … 10,000 iterations at the later commit, until a run takes longer than five
    /// seconds.
    func points(of subject: Explainer.Subject) async throws -> [Explanation.ScalingPoint] {
        let target = question.target
        return try await workshop.withWorkplace(for: target, at: question.after.id) { place in
            guard case .built(let binary) = try await place.binary() else { return [] }
            var points: [Explanation.ScalingPoint] = []
            for iterations in [1, 10, 100, 1000, 10_000] {
                let start = ContinuousClock.now
                let run = try await binary.run(
                    target.pattern, function: target.function, iterations: iterations, cpu: place.cpu)
                let pair = IterationPair(short: iterations, long: iterations)
                let measurement = Measurement(
                    target: target, pair: pair, rounds: [Round(short: [], long: run.results, pair: pair)])
                guard let value = measurement.value(subject.benchmark, .allocations) else { break }
                points.append(.init(n: iterations, value: value))
                // The next run has ten times the iterations, each of which may take ten times as long.
                if start.duration(to: .now) > .seconds(5) { break }
            }
            return points
        }
    }
}
