package import Benchmarks
package import Git
package import GoToolchain
package import MeasurementCache

/// The measurements of a repository: those that exist, and those that can be made. All that takes long stands
/// behind this.
///
/// `Measurer` has them from the results cache and by running Go. Tests have a script.
package protocol Measurements: Sendable {
    /// The git directory that all work trees share.
    var repository: String { get }
    /// The work tree that the user stands in; the git directory of a bare repository.
    var directory: String { get }
    /// How measurements are made.
    var options: MeasuringOptions { get }
    /// Whether commits may share measurements when every file that decides them is the same.
    var usesInputClasses: Bool { get }
    /// Whether the first build has everything to build, so that others better wait for it.
    var startsCold: Bool { get }
    /// Operating system, architecture and its level, e.g. `linux/amd64/v1`.
    var platform: String { get }
    /// The version of Go that measures, e.g. `go1.27.3`.
    var goVersion: String { get }
    /// What was found out on the way.
    var notes: Notes { get }
    /// What the user should know of how commits are measured.
    var warnings: [String] { get }
    /// What to tell of imported measurements that don't count.
    var untrusted: [String] { get throws }
    /// Hears what is done while it is done.
    var events: @Sendable (Event) -> Void { get }

    /// The packages that a selection means at a commit, and what to run of each.
    ///
    /// - Parameters:
    ///   - prefix: The folder that the user stands in, relative to the work tree's root.
    ///   - builds: Whether to build what is not known yet, to ask it for its benchmarks.
    func targets(
        of selection: BenchmarkSelection, at commit: ObjectID, from prefix: String, builds: Bool
    ) async throws -> [(package: GoPackage, targets: [Measurement.Target])]

    /// What is known of a target at a commit; nil when that is nothing.
    func recall(_ target: Measurement.Target, at commit: ObjectID) throws -> KnownMeasurement?

    /// What is known of some targets at some commits; for each target by position among the commits.
    ///
    /// - Parameter metrics: The metrics whose values are wanted, besides `ns/op`; nil for all.
    func recall(
        _ targets: [Measurement.Target], at commits: [ObjectID], metrics: [Metric]?
    ) throws -> [[Int: KnownMeasurement]]

    /// The commits that have a measurement of a target.
    func commits(of target: Measurement.Target) throws -> [ObjectID]

    /// The commits that have a measurement of a target which others may take over, with the state of its inputs.
    func states(of target: Measurement.Target) throws -> [(commit: String, state: MeasurementCache.InputState)]

    /// Whether commits with equal inputs may share measurements of a target.
    func trustsInputs(of target: Measurement.Target) throws -> Bool

    /// Lets no commit take over measurements of a target's package from now on.
    func distrustInputs(of target: Measurement.Target) throws

    /// Whether all that is known of a target at a commit was measured by other machines, believed as they are. A culprit is
    /// not named by such measurements alone.
    func isForeign(_ target: Measurement.Target, at commit: ObjectID) throws -> Bool

    /// The benchmarks of some targets of one package, by target, when nothing can differ between two commits; nil when
    /// something does, or when that cannot be determined.
    func unchanged(
        _ targets: [Measurement.Target], between one: ObjectID, and other: ObjectID
    ) async throws -> [Measurement.Target: [String]]?

    /// Brings a commit's measurements up to what a job asks for, measuring only what is not known yet.
    ///
    /// - Returns: One for each target; fewer when the job's deadline passed.
    /// - Throws: When it is the machine that fails, and on cancellation. What is the commit's fault is a failure of the
    ///   measurement.
    func measure(_ job: MeasurementJob) async throws -> [KnownMeasurement]
}

extension Measurements {
    /// The packages that a selection means at a commit, and what to run of each.
    package func targets(
        of selection: BenchmarkSelection, at commit: ObjectID, from prefix: String
    ) async throws -> [(package: GoPackage, targets: [Measurement.Target])] {
        try await targets(of: selection, at: commit, from: prefix, builds: true)
    }

    /// Whether some inputs hold the same at two commits.
    package func isSame(_ inputs: Inputs, _ one: ObjectID, _ other: ObjectID) throws -> Bool {
        let digests = try Repository(discovering: repository).digests(of: [one, other], over: TreeSelection(inputs))
        return digests[0] == digests[1]
    }
}

extension TreeSelection {
    /// The selection of a package's inputs.
    package init(_ inputs: Inputs) { self.init(paths: inputs.paths, directories: inputs.directories) }
}
