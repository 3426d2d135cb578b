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
    public var head: ObjectID
    /// What came of each series.
    public var trials: [Trial]

    /// What came of one series.
    public struct Trial: Sendable {
        /// The series with the injected allocations, as the check judges it.
        public var checked: CheckedSeries
        /// How many allocations each iteration made beyond its own; 0 when the series cannot be tested.
        public var injected: Int
        /// What came of it.
        public var outcome: Outcome
    }

    /// What can come of a series.
    public enum Outcome: Sendable, Hashable {
        /// The check fails.
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

    /// A test with what came of it.
    public init(head: ObjectID, trials: [Trial] = []) { (self.head, self.trials) = (head, trials) }

    fileprivate mutating func run(_ request: CheckRequest, from prefix: String, _ measurer: Measurer) async throws {
        let metrics = request.metrics.filter { $0.injectedAmount != nil }
        guard !metrics.isEmpty else {
            throw CoreError(
                .nothingToMeasure,
                "The self-test injects allocations, and the policy follows neither allocs/op nor B/op. Add one of them to "
                    + "its metrics.")
        }
        guard measurer.probe.injecting != nil else {
            throw CoreError(
                .nothingToMeasure,
                "The self-test cannot be done with \(measurer.goVersion): nothing can be injected into its "
                    + "testing package. Name another Go with --go PATH.")
        }
        let rounds = request.options.rounds
        let packages = try await measurer.targets(of: request.benchmarks, at: head, from: prefix)
        let past = try EarlierValues(
            before: head, of: packages.flatMap(\.targets), count: request.policy.thresholds.longestWindow, measurer)
        for (package, targets) in packages {
            let job = MeasurementJob(
                commit: head, targets: targets, purpose: package.importPath, minimumRounds: rounds)
            let subjects = try await measurer.measure(job).map { reading in
                Subject(reading.measurement, package.importPath, metrics, request, past)
            }
            measurer.events(.measuring(commit: head, purpose: "\(package.importPath) with injected allocations"))
            let injected = try await measurer.measure(
                package.directory, at: head, injecting: subjects.map { ($0.measurement, $0.allocations) })
            for (subject, measurement) in zip(subjects, injected) {
                trials += subject.trials(measurement, request)
            }
        }
        guard trials.contains(where: { $0.injected > 0 }) else {
            var reason = "No benchmark matches."
            if case .exempt(let first)? = trials.first?.outcome { reason = "\(trials[0].checked.benchmark): \(first)." }
            throw CoreError(
                .nothingToMeasure,
                "The self-test found no series at \(head.short) that can make the check fail. \(reason)")
        }
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
            var test = SelfTest(head: head)
            try await test.run(request, from: prefix, measurer)
            return test
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
