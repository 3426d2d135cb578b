import Benchmarks
import Git
import GoToolchain
import Measuring

/// Runs of both commits with a multiple of the iterations that were measured, for a difference that only the first ones
/// make: while pools and caches fill, and while goroutines are not waited for yet. `go test` runs as many as fit into a
/// second, and prints no such difference.
struct LongRuns: Sendable {
    let workshop: any Workshop
    let question: Explainer.Question

    /// What was measured at both commits, and with how many iterations.
    struct Sides: Sendable {
        let iterations: Int
        let before, after: Measurement
        /// What the longer one took.
        let seconds: Double

        /// A sentence about a series of which hardly anything is left in long runs; nil when there is.
        func doubt(about subject: Explainer.Subject) -> String? {
            guard let before = before.value(subject.benchmark, subject.metric),
                let after = after.value(subject.benchmark, subject.metric),
                (after - before) * (subject.difference < 0 ? -1 : 1) < 0.5 * subject.difference.magnitude
            else { return nil }
            let values = [before, after].map(subject.metric.formatted).joined(separator: " → ")
            return
                "with \(iterations) iterations it is \(values) \(subject.metric): the first ones differ, and 'go test', "
                + "which runs as many as fit into a second, shows less of it; --benchtime 100000x measures more of them"
        }
    }

    /// The longest runs that take half a second or less; nil where those are no longer than the usual ones.
    func sides() async throws -> Sides? {
        guard FunctionKind(of: question.target.function) == .benchmark, let pair = question.measuredAfter.pair,
            pair.long > pair.short, question.series.contains(where: { LongRuns.isTold($0.metric) })
        else { return nil }
        var found: Sides?
        // Each is a tenth of the next: what takes longer and longer is seen in time.
        var last = try await sides(pair.long)
        while let runs = last, runs.iterations * 10 <= most, runs.seconds * 10 <= 0.5 {
            last = try await sides(runs.iterations * 10)
            found = last ?? found
        }
        return found
    }

    /// The most iterations: what stays behind must not fill the machine.
    private var most: Int {
        let measured = [question.measuredBefore, question.measuredAfter]
        let kept = measured.flatMap { side in side.names.compactMap { side.value($0, .retainedBytes) } }
        return Int(min(1e6, 64e6 / max(1, kept.max() ?? 0)))
    }

    private func sides(_ iterations: Int) async throws -> Sides? {
        async let atBefore = side(at: question.before.id, iterations)
        let after = try await side(at: question.after.id, iterations)
        guard let before = try await atBefore, let after else { return nil }
        return Sides(
            iterations: iterations, before: before.measurement, after: after.measurement,
            seconds: max(before.seconds, after.seconds))
    }

    /// The metrics whose mean over a run says what an operation takes.
    static func isTold(_ metric: Metric) -> Bool { [.allocations, .bytes].contains(metric) }

    private func side(
        at commit: ObjectID, _ iterations: Int
    ) async throws -> (measurement: Measurement, seconds: Double)? {
        let target = question.target
        return try await workshop.withWorkplace(for: target.package, at: commit) { place in
            guard case .built(let binary) = try await place.binary() else { return nil }
            do {
                let run = try await binary.run(
                    target.pattern, function: target.function, iterations: iterations, cpu: place.cpu)
                guard run.failure?.isWarning ?? true else { return nil }
                let pair = IterationPair(short: iterations, long: iterations)
                let round = Round(short: [], long: run.results, pair: pair)
                return (Measurement(target: target, pair: pair, rounds: [round]), run.seconds)
            } catch is GoError {
                // What the machine has no room for is nothing that the difference needs.
                return nil
            }
        }
    }
}
