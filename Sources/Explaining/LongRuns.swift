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

    /// The runs, of about a quarter of a second each; nil where that is no multiple, or where one failed.
    func sides() async throws -> Sides? {
        let target = question.target
        guard FunctionKind(of: target.function) == .benchmark, let pair = question.measuredAfter.pair,
            pair.long > pair.short, question.series.contains(where: { LongRuns.isTold($0.metric) })
        else { return nil }
        guard let usual = try await side(at: question.after.id, pair.long) else { return nil }
        let each = max(usual.seconds / Double(pair.long), 1e-9)
        var most = min(1e6, 0.25 / each)
        for name in question.measuredAfter.names {
            let kept = [question.measuredBefore, question.measuredAfter].compactMap { $0.value(name, .retainedBytes) }
            // What stays must not fill the machine.
            if let bytes = kept.max(), bytes > 0 { most = min(most, 64e6 / bytes) }
        }
        let iterations = [1_000_000, 100_000, 10_000].first { Double($0) <= most && $0 >= 10 * pair.long }
        guard let iterations else { return nil }
        async let atBefore = side(at: question.before.id, iterations)
        let after = try await side(at: question.after.id, iterations)
        guard let after, let before = try await atBefore else { return nil }
        return Sides(iterations: iterations, before: before.measurement, after: after.measurement)
    }

    /// The metrics whose mean over a run says what an operation takes.
    static func isTold(_ metric: Metric) -> Bool { [.allocations, .bytes].contains(metric) }

    private func side(
        at commit: ObjectID, _ iterations: Int
    ) async throws -> (measurement: Measurement, seconds: Double)? {
        let target = question.target
        return try await workshop.withWorkplace(for: target.package, at: commit) { place in
            guard case .built(let binary) = try await place.binary() else { return nil }
            let run = try await binary.run(
                target.pattern, function: target.function, iterations: iterations, cpu: place.cpu)
            guard run.failure?.isWarning ?? true else { return nil }
            let pair = IterationPair(short: iterations, long: iterations)
            let round = Round(short: [], long: run.results, pair: pair)
            return (Measurement(target: target, pair: pair, rounds: [round]), run.seconds)
        }
    }
}
