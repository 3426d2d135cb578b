import Benchmarks
import Git
import Measuring

extension Session {
    /// How many series are named to whoever interrupts a search.
    private static let toldSeries = 10

    /// What is known by the time that a search is interrupted, and how to go on.
    mutating func interruption() throws -> CoreError {
        let all = targets.count
        if all == 0 {
            return CoreError(.interrupted, "Interrupted before the benchmarks were known. " + continuation)
        }
        if searches.isEmpty, timed.isEmpty {
            try recallEnds()
            let known = targets.count { target in
                [range.base, range.bad].allSatisfy { readings.reading(target, at: $0) != nil }
            }
            return CoreError(
                .interrupted,
                "Interrupted when \(known) of \(all) benchmark functions were known at both ends." + worse
                    + continuation)
        }
        let left = max(progress.candidates, timedCandidates)
        return CoreError(
            .interrupted, "Interrupted when \(left) commits could still be a culprit." + worse + continuation)
    }

    /// Takes over what the cache has of the ends: what was measured last has not been handed out yet.
    private mutating func recallEnds() throws {
        for target in targets {
            for end in [range.base, range.bad] {
                if let (known, source) = try readings.recall(target, at: end) { try learn([known], at: source) }
            }
        }
        try makeSeries()
    }

    /// The series that are worse at the bad end. What more repeats have to decide about is not.
    private var worse: String {
        let open = series.filter { series in
            series.isOpenAtEnds && series.bad.map { series.criterion?.bound.isCrossed(by: $0) ?? false } ?? false
        }
        guard !open.isEmpty else { return " None of them got worse so far. " }
        let lines = open.prefix(Session.toldSeries).map { series in
            let values = [series.good, series.bad].map { $0.map(series.metric.formatted) ?? "none" }
            return "\n    \(series.importPath) \(series.benchmark.name): \(values[0]) → \(values[1]) \(series.metric)"
        }
        let rest = open.count - lines.count
        return " Worse at the bad end:" + lines.joined() + (rest > 0 ? "\n    … and \(rest) more" : "") + "\n"
    }

    private var continuation: String {
        let clause = request.measuring.continuation
        // A command stands at the end by itself, to be copied.
        let end = request.measuring.continuing == nil ? "." : ""
        return "\(clause.prefix(1).uppercased())\(clause.dropFirst())\(end)"
    }
}
