public import Benchmarks
public import Measuring

/// What the user asked to have explained.
public struct ComparisonRequest: Sendable {
    /// A commit, which is compared with its first parent, or two as in `A..B`.
    public var revision: String
    /// Which benchmarks are measured; by default those of all packages below the engine's folder.
    public var selection = BenchmarkSelection()
    /// The metrics that are compared.
    public var metrics = Metric.standard
    /// How measurements are made.
    public var measuring = MeasuringOptions()
    /// Whether the change is taken back on HEAD, to see whether the value comes back.
    public var wantsProof = false
    /// Whether CPU profiles are kept as well.
    public var wantsCPUProfile = false
    /// Whether a known explanation whose profiles are gone is made again.
    public var wantsProfiles = false

    /// A request with the defaults.
    public init(revision: String) {
        self.revision = revision
    }
}
