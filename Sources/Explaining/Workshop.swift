import Benchmarks
import Git
import GoToolchain
import Measuring

/// What explaining asks of whatever measures: what belongs to the repository, places to build and run in, and
/// measurements. `Measurer` is it in the program.
protocol Workshop: Sendable {
    /// The git directory that all work trees share.
    var repository: String { get }
    /// What is kept below it.
    var state: StateDirectory { get }
    /// The commit whose test files are used at every commit; nil for each commit's own.
    var pinnedTests: ObjectID? { get }
    /// The version of the Go that builds and runs, such as `go1.26.0`.
    var goVersion: String { get }
    /// Whether what counts instructions tells what each line executes.
    var countsLines: Bool { get }
    /// Hears what is done while it is done.
    var events: @Sendable (Event) -> Void { get }

    /// Does some work on a target in a slot that holds a commit's files.
    func withWorkplace<Result: Sendable>(
        for target: Measurement.Target, at commit: ObjectID, _ work: @Sendable (Workplace) async throws -> Result
    ) async throws -> Result

    /// The runtime in which small objects share no blocks; nil where none is known for the Go.
    func noTinyAllocatorRuntime() async throws -> NoTinyAllocatorRuntime?

    /// Brings a commit's measurements up to what a job asks for.
    func measure(_ job: MeasurementJob) async throws -> [KnownMeasurement]

    /// Measures a target once at a commit of which some files are replaced, with the iterations of another measurement.
    func measure(
        _ target: Measurement.Target, at commit: ObjectID, replacing replacements: [Replacement],
        like other: Measurement
    ) async throws -> Measurement
}

extension Measurer: Workshop {}
