package import Benchmarks
package import Git
import GoToolchain

/// Why a request could not be carried out, worded so that the user can act on it.
public struct CoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble.
    public enum Code: Sendable {
        case usage, nothingToMeasure, olderGo, slots, evidence, surroundings, hooks, noCache, exchange, interrupted
    }

    /// The kind of trouble, by which callers tell what to do about it.
    public let code: Code
    /// What happened, where, and what to do: a whole sentence.
    public let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description.withoutPasswords
    }
}

extension InstructionCounter {
    /// The counter that somebody's metrics take.
    ///
    /// - Throws: `CoreError` where there is none.
    init(wantedOn searchPath: String?) async throws {
        guard let counter = try await InstructionCounter(searchPath: searchPath ?? "") else {
            throw CoreError(
                .surroundings,
                "instructions/op needs valgrind, which is not installed here (on Debian and Ubuntu: apt install valgrind), "
                    + "or perf on a machine whose processor lets it count. Nothing was measured.")
        }
        self = counter
    }
}

extension CoreError {
    /// Refuses a metric that no benchmark reports: a misspelt one would always look fine.
    ///
    /// - Parameters:
    ///   - metrics: The metrics that the user named, and that should be there.
    ///   - measurements: All that was measured. Without any value nothing is known of a metric, and one that failed might
    ///     have reported what is not close to a known one.
    ///   - places: Where in a file metrics are named.
    ///   - isMeasured: Whether all was measured that is to be. Before that, only what is close to a known metric is
    ///     refused.
    /// - Throws: `CoreError` for the first metric that is neither known nor reported.
    package static func refuse(
        unreported metrics: some Sequence<Metric>, in measurements: some Sequence<Measurement>,
        namedAt places: [Metric: String] = [:], isMeasured: Bool = true
    ) throws(CoreError) {
        let named = metrics.filter { !Metric.known.contains($0) }
        if named.isEmpty { return }
        var reported: Set<String> = []
        var hasFailures = false
        for measurement in measurements {
            hasFailures = hasFailures || measurement.hasFailed
            for results in measurement.rounds.flatMap(\.long.values) { reported.formUnion(results.keys) }
        }
        guard !reported.isEmpty || !isMeasured, let wrong = named.first(where: { !reported.contains($0.unit) }) else {
            return
        }
        let units = Set(Metric.known.map(\.unit)).union(reported.filter { ProbeUnit(rawValue: $0) == nil }).sorted()
        let near = units.contains("\(wrong)/op") ? "\(wrong)/op" : wrong.unit.nearest(among: units)
        let parts = wrong.unit.split(separator: ",").map(String.init)
        let areMetrics = parts.count > 1 && parts.allSatisfy(units.contains)
        if near == nil && !areMetrics && (hasFailures || !isMeasured) { return }
        let remedy =
            if areMetrics {
                "Name each metric by itself: \(parts.map { "'\($0)'" }.joined(separator: ", "))."
            } else if let near {
                "Did you mean '\(near)'?"
            } else {
                "Metrics are \(units.joined(separator: ", "))."
            }
        let what = isMeasured ? "No benchmark reports '\(wrong)'." : "There is no metric '\(wrong)'."
        throw CoreError(.usage, "\(places[wrong].map { $0 + ": " } ?? "")\(what) \(remedy)")
    }

    /// Refuses a Go that is too old for all that was measured.
    ///
    /// - Parameter commit: The commit that was measured, or the newest of several.
    /// - Throws: `CoreError` with what Go says of it.
    package static func refuse(
        olderGo measurements: some Sequence<Measurement>, at commit: ObjectID
    ) throws(CoreError) {
        var last: Failure?
        for measurement in measurements {
            guard measurement.hasFailed, measurement.failure?.reason == .newerGo else { return }
            last = measurement.failure
        }
        guard let failure = last else { return }
        let remedy = failure.remedy.map { "; \($0)" } ?? ""
        throw CoreError(.olderGo, "Nothing can be built at \(commit.short): \(failure)\(remedy).")
    }
}
