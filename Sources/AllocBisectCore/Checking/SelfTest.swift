import Benchmarks
public import Git
import GoToolchain
import Measuring
import Policy

/// The proof that a check can fail: its head compared with itself with allocations injected into every iteration.
///
/// The injected variant is built and run as anything is that is measured, and judged by the same policy. Each benchmark
/// gets as many allocations as its threshold lets it take, and one more.
public struct SelfTest: Sendable {
    /// The commit that was tested with.
    public let head: ObjectID
    /// The result of each series.
    public let trials: [Trial]

    /// The result of one series.
    public struct Trial: Sendable {
        /// The series with the injected allocations, as the check judges it.
        public var checked: CheckedSeries
        /// How many allocations each iteration made beyond its own; 0 when the series cannot be tested.
        public var injected: Int
        /// Whether the check failed as it should.
        public var outcome: Outcome

        /// Creates a trial from its parts.
        public init(checked: CheckedSeries, injected: Int, outcome: Outcome) {
            (self.checked, self.injected, self.outcome) = (checked, injected, outcome)
        }
    }

    /// The possible outcomes of a series.
    public enum Outcome: Sendable, Hashable {
        /// The check fails because of the injected allocations, as it should.
        case noticed
        /// The check passes although it should not.
        case missed
        /// The check is not meant to fail for it, or it cannot be tested.
        case exempt(reason: String)

        /// The word for it, as documents have it.
        public var name: String {
            switch self {
            case .noticed: "noticed"
            case .missed: "missed"
            case .exempt: "exempt"
            }
        }
    }

    /// Whether the check fails when it should, for every series that can make it.
    public var hasPassed: Bool { !trials.contains { $0.outcome == .missed } }

    /// Creates a self-test from the result.
    public init(head: ObjectID, trials: [Trial] = []) { (self.head, self.trials) = (head, trials) }

    /// Measures head with and without injected allocations, and judges every series.
    ///
    /// - Throws: `CoreError` with the code `nothingToMeasure` when no series could be tested.
    fileprivate static func trials(
        at head: ObjectID, _ request: CheckRequest, from prefix: String, _ measurer: Measurer
    ) async throws -> [Trial] {
        let metrics = request.metrics.filter { $0.injectedAmount != nil }
        guard !metrics.isEmpty else {
            throw CoreError(
                .nothingToMeasure,
                "The self-test injects allocations, but the policy follows neither allocs/op nor B/op. Add one of them "
                    + "to its metrics.")
        }
        guard measurer.probe.injecting != nil else {
            throw CoreError(
                .nothingToMeasure,
                "The self-test does not work with \(measurer.goVersion): nothing can be injected into its testing "
                    + "package. Name another Go with --go PATH.")
        }
        let rounds = request.options.rounds
        let packages = try await measurer.targets(of: request.benchmarks, at: head, from: prefix)
        let past = try EarlierValues(
            before: head, of: packages.flatMap(\.targets), count: request.policy.thresholds.longestWindow, measurer)
        var (trials, measured): ([Trial], [Measurement]) = ([], [])
        for (package, targets) in packages {
            let job = MeasurementJob(
                commit: head, targets: targets, purpose: package.importPath, minimumRounds: rounds)
            let subjects = try await measurer.measure(job).map { reading in
                Subject(reading.measurement, package.importPath, metrics, request, past)
            }
            measured += subjects.map(\.measurement)
            measurer.events(.measuring(commit: head, purpose: "\(package.importPath) with injected allocations"))
            let injected = try await measurer.measure(
                at: head, injecting: subjects.map { ($0.measurement, $0.allocations) })
            for (subject, measurement) in zip(subjects, injected) {
                trials += subject.trials(measurement, request)
            }
        }
        try CoreError.refuse(
            unreported: request.policy.namedMetrics.sorted(), in: measured, namedAt: request.policy.metricPlaces)
        guard trials.contains(where: { $0.injected > 0 }) else {
            var reason = "No benchmark matches."
            if case .exempt(let first)? = trials.first?.outcome { reason = "\(trials[0].checked.benchmark): \(first)." }
            throw CoreError(
                .nothingToMeasure,
                "The self-test found no series at \(head.short) that can make the check fail. \(reason)")
        }
        return trials
    }
}

extension Engine {
    /// Measures head with and without injected allocations.
    ///
    /// - Throws: When Go cannot be used, when the policy follows neither allocs/op nor B/op, and when no series could be
    ///   tested: the proof is missing then.
    public func selfTest(_ request: CheckRequest) async throws -> SelfTest {
        let head = try openRepository().resolve(request.range?.bad ?? "HEAD")
        let prefix = try prefix(of: request)
        return try await measuring(request.options) { measurer in
            SelfTest(head: head, trials: try await SelfTest.trials(at: head, request, from: prefix, measurer))
        }
    }
}

extension Metric {
    /// How much an injected allocation adds to a value; nil for metrics that it leaves alone.
    var injectedAmount: Double? {
        switch self {
        case .allocations: 1
        case .bytes: Double(Probe.injectedBytes)
        default: nil
        }
    }
}
