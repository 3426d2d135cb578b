package import Benchmarks
package import Git
import GoToolchain

/// Why a request could not be carried out, told so that the user can act on it.
public struct CoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble.
    public enum Code: Sendable {
        case usage, nothingToMeasure, slots, evidence, surroundings, hooks, noCache, exchange, interrupted
    }

    /// The kind.
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
                "instructions/op takes valgrind, which is not installed here (on Debian and Ubuntu: apt install valgrind), "
                    + "or perf on a machine whose processor lets it count. Nothing was measured.")
        }
        self = counter
    }
}

extension CoreError {
    /// Refuses a metric that nobody reports: a misspelt one would never be anything but fine.
    ///
    /// - Parameters:
    ///   - metrics: The metrics that the user named, and that should be there.
    ///   - measurements: All that was measured. Without any value nothing is known of a metric, and one that failed might
    ///     have reported what is not close to a known one.
    /// - Throws: `CoreError` for the first metric that is neither known nor reported.
    package static func refuse(
        unreported metrics: some Sequence<Metric>, in measurements: some Sequence<Measurement>
    ) throws(CoreError) {
        let named = metrics.filter { !Metric.known.contains($0) }
        if named.isEmpty { return }
        var reported: Set<String> = []
        var hasFailures = false
        for measurement in measurements {
            hasFailures = hasFailures || measurement.hasFailed
            for results in measurement.rounds.flatMap(\.long.values) { reported.formUnion(results.keys) }
        }
        guard !reported.isEmpty, let wrong = named.first(where: { !reported.contains($0.unit) }) else { return }
        let units = Set(Metric.known.map(\.unit)).union(reported.filter { ProbeUnit(rawValue: $0) == nil }).sorted()
        let near = units.contains("\(wrong)/op") ? "\(wrong)/op" : wrong.unit.nearest(among: units)
        let parts = wrong.unit.split(separator: ",").map(String.init)
        let areMetrics = parts.count > 1 && parts.allSatisfy(units.contains)
        if near == nil && !areMetrics && hasFailures { return }
        let remedy =
            if areMetrics {
                "Name each metric by itself: \(parts.map { "'\($0)'" }.joined(separator: ", "))."
            } else if let near {
                "Did you mean '\(near)'?"
            } else {
                "Metrics are \(units.joined(separator: ", "))."
            }
        throw CoreError(.usage, "No benchmark reports '\(wrong)'. " + remedy)
    }

    /// Refuses a Go that is too old for all that was measured of a commit.
    ///
    /// - Throws: `CoreError` with what Go says of it.
    package static func refuse(
        olderGo measurements: some Collection<Measurement>, at commit: ObjectID
    ) throws(CoreError) {
        guard let failure = measurements.first?.failure,
            measurements.allSatisfy({ $0.hasFailed && $0.failure?.reason == .newerGo })
        else { return }
        throw CoreError(
            .surroundings,
            "Nothing can be built at \(commit.short): \(failure). Name a newer Go with --go PATH.")
    }
}
