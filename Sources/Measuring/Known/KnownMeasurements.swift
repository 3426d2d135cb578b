package import Benchmarks
package import Git
import MeasurementCache

/// Everything that is known of the commits of one search: measurements, and which commits share them.
package struct KnownMeasurements {
    package var classes: InputClasses
    private var own: [Measurement.Target: [ObjectID: KnownMeasurement]] = [:]
    /// What was taken over at once, by the commits' positions; what is added later goes before it.
    private var recorded: [Measurement.Target: [Int: KnownMeasurement]] = [:]
    private var representatives: [Measurement.Target: Representatives] = [:]
    private var stored: [Measurement.Target: [Inputs: [ObjectID: ObjectID]]] = [:]
    private var isShared: [Measurement.Target: Bool] = [:]
    private let measurements: any Measurements

    package init(measurements: any Measurements, commits: [ObjectID]) {
        self.measurements = measurements
        classes = InputClasses(repository: measurements.repository, commits: commits)
    }

    /// Takes in a measurement of one commit, which may speak for others with equal inputs.
    ///
    /// - Returns: The commits that it speaks for: its own, and those with equal inputs that have no measurement of their
    ///   own. A commit with equal inputs whose own measurement contradicts it, if there is one.
    package mutating func add(
        _ reading: KnownMeasurement, at commit: ObjectID
    ) throws -> (commits: [ObjectID], contradicting: ObjectID?) {
        let target = reading.measurement.target
        own[target, default: [:]][commit] = reading
        let former = represent(commit, for: target, by: nil)
        guard try sharesMeasurements(target), let state = reading.state else { return ([commit], nil) }
        let members = try classes.members(of: state).filter { $0 != commit }
        let measured = members.filter { own(target, at: $0) != nil } + [former].compactMap { $0 }
        let contradicting = measured.first { other in
            own(target, at: other).map { $0.measurement.contradicts(reading.measurement) } ?? false
        }
        let others = members.filter { own(target, at: $0) == nil }
        for other in others { represent(other, for: target, by: commit) }
        return ([commit] + others, contradicting)
    }

    /// Lets another commit's measurement speak for a commit, or none.
    ///
    /// - Returns: The commit whose measurement did.
    @discardableResult
    private mutating func represent(
        _ commit: ObjectID, for target: Measurement.Target, by source: ObjectID?
    ) -> ObjectID? {
        guard let position = classes.positions[commit] else { return nil }
        let former = representatives[target]?[position]
        if former != source {
            representatives[target, default: Representatives(count: classes.commits.count)][position] = source
        }
        return former
    }

    private func representative(_ target: Measurement.Target, of commit: ObjectID) -> ObjectID? {
        classes.positions[commit].flatMap { representatives[target]?[$0] }
    }

    /// Whether commits with equal inputs share measurements of a target: unless that was seen to be wrong.
    package mutating func sharesMeasurements(_ target: Measurement.Target) throws -> Bool {
        guard measurements.usesInputClasses else { return false }
        if let known = isShared[target] { return known }
        let isTrusted = try measurements.trustsInputs(of: target)
        isShared[target] = isTrusted
        return isTrusted
    }

    /// Lets every commit speak for itself alone from now on, here and in the cache: something decides the target's
    /// package that is not among its inputs.
    package mutating func stopSharing(_ target: Measurement.Target) throws {
        try measurements.distrustInputs(of: target)
        for other in Set(own.keys).union(recorded.keys) where other.package == target.package {
            isShared[other] = false
            representatives[other] = nil
            stored[other] = nil
        }
    }

    /// What to tell when two commits with equal inputs differ.
    package func warning(of target: Measurement.Target, _ commit: ObjectID, _ other: ObjectID) -> String {
        "\(other.short) and \(commit.short) have identical inputs for \(target.function) but measure differently, so "
            + "it depends on something else as well; \(target.package) no longer shares measurements between commits"
    }

    /// The measurement that speaks for a commit, and the commit that was really measured.
    package func reading(_ target: Measurement.Target, at commit: ObjectID) -> (
        reading: KnownMeasurement, source: ObjectID
    )? {
        if let reading = own(target, at: commit) { return (reading, commit) }
        guard let source = representative(target, of: commit), let reading = own(target, at: source) else { return nil }
        return (reading, source)
    }

    /// What was measured at that very commit.
    package func own(_ target: Measurement.Target, at commit: ObjectID) -> KnownMeasurement? {
        own[target]?[commit] ?? classes.positions[commit].flatMap { recorded[target]?[$0] }
    }

    /// A measurement, and the commit that was really measured.
    package typealias Run = (source: ObjectID, measurement: Measurement)

    /// What speaks for each commit, in their order.
    package func runs(of target: Measurement.Target) -> [Run?] {
        let (own, recorded) = (own[target] ?? [:], recorded[target] ?? [:])
        return classes.commits.enumerated().map { position, commit in
            // Thousands of commits have a measurement of their own, which takes no search.
            if own.isEmpty, let reading = recorded[position] { return (commit, reading.measurement) }
            return reading(target, at: commit).map { ($0.source, $0.reading.measurement) }
        }
    }

    /// What the cache has for a commit: its own measurement, or that of any commit with equal inputs, and the commit that
    /// was really measured.
    package mutating func recall(
        _ target: Measurement.Target, at commit: ObjectID
    ) throws -> (reading: KnownMeasurement, source: ObjectID)? {
        if let reading = try measurements.recall(target, at: commit) { return (reading, commit) }
        guard try sharesMeasurements(target) else { return nil }
        let known = try states(of: target)
        for (inputs, commits) in known {
            guard let digest = try classes.digest(of: commit, over: inputs), let other = commits[digest] else {
                continue
            }
            if let reading = try measurements.recall(target, at: other) { return (reading, other) }
        }
        return nil
    }

    /// Takes over all that the cache has of some targets, as `recall` tells it of one at one commit.
    ///
    /// - Parameter metrics: The metrics whose values are wanted, besides `ns/op`; nil for all.
    package mutating func addRecorded(_ targets: [Measurement.Target], metrics: [Metric]? = nil) throws {
        for (target, found) in zip(targets, try measurements.recall(targets, at: classes.commits, metrics: metrics)) {
            recorded[target] = found
        }
        for target in targets where try sharesMeasurements(target) {
            let missing = classes.commits.indices.filter { recorded[target]?[$0] == nil }
            guard !missing.isEmpty else { continue }
            for (inputs, sources) in try states(of: target) {
                let digests = try classes.digests(over: inputs)
                for position in missing where representatives[target]?[position] == nil {
                    guard let source = sources[digests[position]] else { continue }
                    if own(target, at: source) == nil {
                        own[target, default: [:]][source] = try measurements.recall(target, at: source)
                    }
                    represent(classes.commits[position], for: target, by: source)
                }
            }
        }
    }

    private mutating func states(of target: Measurement.Target) throws -> [Inputs: [ObjectID: ObjectID]] {
        if let known = stored[target] { return known }
        var found: [Inputs: [ObjectID: ObjectID]] = [:]
        for (commit, state) in try measurements.states(of: target) {
            guard let digest = ObjectID(state.digest) else { continue }
            found[state.inputs, default: [:]][digest] = ObjectID(commit)
        }
        stored[target] = found
        return found
    }
}
