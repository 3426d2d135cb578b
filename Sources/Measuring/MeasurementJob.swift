package import Benchmarks
package import Git

/// One commit to be measured: a plain value, which names everything that the answer depends on besides the recipe.
///
/// Whoever wants the values judges them, and asks again with more rounds where they don't tell enough.
package struct MeasurementJob: Sendable {
    package var commit: ObjectID
    /// What to run, in this order.
    package var targets: [Measurement.Target]
    /// Completes "measuring abc1234, …".
    package var purpose: String
    /// How many rounds each measurement has afterwards, at least.
    package var minimumRounds: Int
    /// The targets that need more rounds than that.
    package var repeats: [Measurement.Target: Int]
    /// Whether what another commit with equal inputs gave is not enough.
    package var isOfItself: Bool
    /// When no further benchmark is begun; nil for never.
    package var deadline: ContinuousClock.Instant?

    package init(
        commit: ObjectID, targets: [Measurement.Target], purpose: String, minimumRounds: Int,
        repeats: [Measurement.Target: Int] = [:], isOfItself: Bool = false,
        deadline: ContinuousClock.Instant? = nil
    ) {
        (self.commit, self.targets, self.purpose, self.minimumRounds) = (commit, targets, purpose, minimumRounds)
        (self.repeats, self.isOfItself, self.deadline) = (repeats, isOfItself, deadline)
    }

    /// How many rounds a target needs.
    package func rounds(of target: Measurement.Target) -> Int { max(1, minimumRounds, repeats[target] ?? 0) }

    /// Whether a measurement is all that is asked for: it has the rounds, or would fail again.
    package func isDone(by measurement: Measurement) -> Bool {
        measurement.isDone(with: rounds(of: measurement.target))
    }
}

extension Measurement {
    /// Whether it has this many rounds, or would fail again.
    package func isDone(with count: Int) -> Bool { hasFailed || rounds.count >= count }
}

extension [Measurement.Target] {
    /// The targets by package, in the order in which the packages come first.
    package var byPackage: [(package: String, targets: [Measurement.Target])] {
        let all = Dictionary(grouping: self, by: \.package)
        var seen: Set<String> = []
        return map(\.package).filter { seen.insert($0).inserted }.map { ($0, all[$0] ?? []) }
    }
}

extension ContinuousClock.Instant? {
    /// Whether it is a deadline that has passed.
    package var hasPassed: Bool { map { ContinuousClock.now >= $0 } ?? false }
}

extension Measurement.Target {
    /// The benchmark function that the pattern runs: every pattern here begins with `^Function$`.
    package var function: String { String(pattern.dropFirst().prefix { $0 != "$" }) }
}
