import Benchmarks
import Git
import MeasurementCache

/// Everything that is known of the commits of one search: readings, and which commits share them.
struct Readings {
    var classes: InputClasses
    private var own: [Measurement.Target: [ObjectID: Measurer.Reading]] = [:]
    /// What was taken over at once, in the order of the commits; what is added later goes before it.
    private var recorded: [Measurement.Target: [Measurer.Reading?]] = [:]
    private var representatives: [Measurement.Target: [ObjectID: ObjectID]] = [:]
    private var stored: [Measurement.Target: [Inputs: [ObjectID: ObjectID]]] = [:]
    private let measurer: Measurer

    init(measurer: Measurer, commits: [ObjectID]) {
        self.measurer = measurer
        classes = InputClasses(repository: measurer.repository, commits: commits)
    }

    /// Adds a reading.
    ///
    /// - Returns: The commits that it speaks for: its own, and those with equal inputs that have no reading of their
    ///   own.
    mutating func add(_ reading: Measurer.Reading, at commit: ObjectID) throws -> [ObjectID] {
        let target = reading.measurement.target
        own[target, default: [:]][commit] = reading
        representatives[target]?[commit] = nil
        guard let state = reading.state else { return [commit] }
        let others = try classes.members(of: state).filter { own(target, at: $0) == nil }
        for other in others { representatives[target, default: [:]][other] = commit }
        return [commit] + others
    }

    /// The reading that speaks for a commit, and the commit that was really measured.
    func reading(_ target: Measurement.Target, at commit: ObjectID) -> (reading: Measurer.Reading, source: ObjectID)? {
        if let reading = own(target, at: commit) { return (reading, commit) }
        guard let source = representatives[target]?[commit], let reading = own(target, at: source) else { return nil }
        return (reading, source)
    }

    private func own(_ target: Measurement.Target, at commit: ObjectID) -> Measurer.Reading? {
        own[target]?[commit] ?? recorded[target].flatMap { all in classes.positions[commit].flatMap { all[$0] } }
    }

    /// A measurement, and the commit that was really measured.
    typealias Run = (source: ObjectID, measurement: Measurement)

    /// What speaks for each commit, in their order.
    func runs(of target: Measurement.Target) -> [Run?] {
        let (own, recorded) = (own[target] ?? [:], recorded[target] ?? [])
        return classes.commits.enumerated().map { position, commit in
            // Thousands of commits have a measurement of their own, which takes no search.
            if own.isEmpty, !recorded.isEmpty, let reading = recorded[position] { return (commit, reading.measurement) }
            return reading(target, at: commit).map { ($0.source, $0.reading.measurement) }
        }
    }

    /// What the cache has for a commit: its own measurement, or that of any commit with equal inputs.
    mutating func recall(_ target: Measurement.Target, at commit: ObjectID) throws -> Measurer.Reading? {
        if let reading = try measurer.recall(target, at: commit) { return reading }
        guard measurer.usesInputClasses else { return nil }
        let known = try states(of: target)
        for (inputs, commits) in known {
            guard let digest = try classes.digest(of: commit, over: inputs), let other = commits[digest] else {
                continue
            }
            if let reading = try measurer.recall(target, at: other) { return reading }
        }
        return nil
    }

    /// Takes over all that the cache has of some targets, as `recall` tells it of one at one commit.
    ///
    /// - Parameter metrics: The metrics whose values are wanted, besides `ns/op`; nil for all.
    mutating func addRecorded(_ targets: [Measurement.Target], metrics: [Metric]? = nil) throws {
        for (target, found) in zip(targets, try measurer.recall(targets, at: classes.commits, metrics: metrics)) {
            recorded[target] = found
        }
        guard measurer.usesInputClasses else { return }
        for target in targets {
            let missing = classes.commits.indices.filter { recorded[target]?[$0] == nil }
            guard !missing.isEmpty else { continue }
            for (inputs, sources) in try states(of: target) {
                let digests = try classes.digests(over: inputs)
                for position in missing where representatives[target]?[classes.commits[position]] == nil {
                    guard let source = sources[digests[position]] else { continue }
                    if own(target, at: source) == nil {
                        own[target, default: [:]][source] = try measurer.recall(target, at: source)
                    }
                    representatives[target, default: [:]][classes.commits[position]] = source
                }
            }
        }
    }

    /// The commits that the cache has a measurement of.
    mutating func recorded(_ target: Measurement.Target) throws -> [ObjectID] {
        try states(of: target).values.flatMap(\.values).sorted()
    }

    private mutating func states(of target: Measurement.Target) throws -> [Inputs: [ObjectID: ObjectID]] {
        if let known = stored[target] { return known }
        var found: [Inputs: [ObjectID: ObjectID]] = [:]
        for (commit, state) in try measurer.states(of: target) {
            guard let digest = ObjectID(state.digest) else { continue }
            found[state.inputs, default: [:]][digest] = ObjectID(commit)
        }
        stored[target] = found
        return found
    }
}
