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

    /// What was measured at both commits with as many iterations.
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
                "with \(iterations) iterations it is \(values) \(subject.metric): only the first ones differ, so "
                + "'go test', which runs as many as fit into a second, shows less of it; to measure that many, add "
                + "--benchtime \(iterations)x"
        }
    }

    /// The longest runs that take half a second or less at both commits; nil where those are no longer than the usual
    /// ones.
    func sides() async throws -> Sides? {
        guard FunctionKind(of: question.target.function) == .benchmark, let pair = question.measuredAfter.pair,
            pair.long > pair.short, question.series.contains(where: { LongRuns.isTold($0.metric) })
        else { return nil }
        async let atBefore = runs(at: question.before.id, from: pair.long)
        let after = try await runs(at: question.after.id, from: pair.long)
        let before = try await atBefore
        let longest = Set(before.keys).intersection(after.keys).max()
        guard let longest, let before = before[longest], let after = after[longest] else { return nil }
        return Sides(iterations: longest, before: before, after: after)
    }

    /// The most iterations: what stays behind must not fill the machine.
    private var most: Int {
        let measured = [question.measuredBefore, question.measuredAfter]
        let kept = measured.flatMap { side in side.names.compactMap { side.value($0, .retainedBytes) } }
        return Int(min(1e6, 64e6 / max(1, kept.max() ?? 0)))
    }

    /// The metrics whose mean over a run says what an operation takes.
    static func isTold(_ metric: Metric) -> Bool { [.allocations, .bytes].contains(metric) }

    /// What was measured at a commit, by iterations. Each run has ten times those of the one before, so that what takes
    /// longer and longer is seen in time.
    private func runs(at commit: ObjectID, from usual: Int) async throws -> [Int: Measurement] {
        let (target, most) = (question.target, most)
        return try await workshop.withWorkplace(for: target, at: commit) { place in
            guard case .built(let binary) = try await place.binary() else { return [:] }
            var found: [Int: Measurement] = [:]
            var iterations = usual
            do {
                while true {
                    let run = try await binary.run(
                        target.pattern, function: target.function, iterations: iterations, cpu: place.cpu)
                    guard run.failure?.isWarning ?? true else { break }
                    if iterations > usual {
                        let pair = IterationPair(short: iterations, long: iterations)
                        let round = Round(short: [], long: run.results, pair: pair)
                        found[iterations] = Measurement(target: target, pair: pair, rounds: [round])
                    }
                    guard iterations * 10 <= most, run.seconds * 10 <= 0.5 else { break }
                    iterations *= 10
                }
            } catch is GoError {
                // What the machine has no room for is nothing that an explanation needs.
            }
            return found
        }
    }
}
