public import Benchmarks
public import Git
import GoToolchain
public import Measuring

/// The measurements of one commit, as `record` makes and shows them.
public struct CommitMeasurements: Sendable {
    /// The commit that was measured.
    public var commit: Commit
    /// A row for each benchmark that gave a value, by package and name.
    public var rows: [Row]
    /// What gave none, and why.
    public var failures: [(target: Measurement.Target, failure: Failure)]
    /// What the user should know of how it was measured.
    public var warnings: [String]

    /// Creates the measurements of a commit from their parts.
    public init(
        commit: Commit, rows: [Row], failures: [(target: Measurement.Target, failure: Failure)], warnings: [String]
    ) {
        (self.commit, self.rows, self.failures, self.warnings) = (commit, rows, failures, warnings)
    }

    /// The values of one benchmark.
    public struct Row: Sendable {
        /// The package's import path.
        public var package: String
        /// The benchmark's full name.
        public var benchmark: String
        /// The value that stands for each metric.
        public var values: [Metric: Double]

        /// Creates a row from its parts.
        public init(package: String, benchmark: String, values: [Metric: Double]) {
            (self.package, self.benchmark, self.values) = (package, benchmark, values)
        }
    }

    fileprivate static func measure(
        _ id: ObjectID, _ selection: BenchmarkSelection, from prefix: String, _ measurer: Measurer, _ rounds: Int,
        _ shard: Shard?
    ) async throws -> ([Row], [(target: Measurement.Target, failure: Failure)]) {
        let packages = try await measurer.targets(of: selection, at: id, from: prefix)
        guard !packages.isEmpty else {
            throw try await measurer.noBenchmark(matching: selection, at: [id], from: prefix)
        }
        var rows: [Row] = []
        var failures: [(target: Measurement.Target, failure: Failure)] = []
        var measurements: [Measurement] = []
        for (position, (package, targets)) in packages.enumerated() where shard?.has(position) ?? true {
            let job = MeasurementJob(
                commit: id, targets: targets, purpose: package.importPath, minimumRounds: rounds)
            for reading in try await measurer.measure(job) {
                let measurement = reading.measurement
                measurements.append(measurement)
                if let failure = measurement.failure { failures.append((measurement.target, failure)) }
                rows += measurement.names.filter(selection.includes).sorted().map { name in
                    let values = measurement.metrics(of: name).map { ($0, measurement.value(name, $0)) }
                    return Row(
                        package: package.importPath, benchmark: name,
                        values: Dictionary(
                            uniqueKeysWithValues: values.compactMap { metric, value in
                                value.map { (metric, $0) }
                            }))
                }
            }
        }
        try CoreError.refuse(olderGo: measurements, at: id)
        try await measurer.refuse(absentPartsOf: selection, in: measurements, at: id)
        return (rows, failures)
    }
}

/// What the user asked to record.
public struct RecordRequest: Sendable {
    /// The commit to measure, as the user named it.
    public var revision: String
    /// Which benchmarks are measured; by default those of all packages below the engine's folder.
    public var selection = BenchmarkSelection()
    /// The packages that are measured here, where several machines share them; nil for all.
    public var shard: Shard?
    /// How measurements are made.
    public var measuring = MeasuringOptions()

    /// A request with the defaults.
    public init(revision: String) { self.revision = revision }
}

extension Engine {
    /// Measures a commit into the cache, with the recipe that a search with the same options uses.
    ///
    /// - Throws: When the revision does not resolve, when Go cannot be used, or when no benchmark matches.
    public func record(_ request: RecordRequest) async throws -> CommitMeasurements {
        let repository = try openRepository()
        let commit = try repository.commit(repository.resolve(request.revision))
        let prefix = repository.prefix(of: directory)
        return try await measuring(request.measuring) { measurer in
            let (rows, failures) = try await CommitMeasurements.measure(
                commit.id, request.selection, from: prefix, measurer, request.measuring.rounds, request.shard)
            return CommitMeasurements(commit: commit, rows: rows, failures: failures, warnings: measurer.warnings)
        }
    }
}
