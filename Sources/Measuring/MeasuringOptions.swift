public import Benchmarks
public import Git
public import GoToolchain

/// How measurements are made: everything of a request that does not name commits or series.
public struct MeasuringOptions: Sendable {
    /// N2 when the user fixes it with `--benchtime Nx`; nil lets it be chosen for each benchmark.
    public var iterations: Int?
    /// Whether a run lasts long enough for a clock, unless the user fixes N2.
    public var isTimed = false
    /// Whether instructions are counted as well, which takes valgrind.
    public var countsInstructions = false
    /// The rounds that every measurement has at least.
    public var rounds = 1
    /// GOMAXPROCS of the runs.
    public var cpu = 1
    /// As given to `-tags`.
    public var tags = ""
    /// As given to `-gcflags`.
    public var gcflags = ""
    /// What is built in to look for faults; nil for nothing.
    public var sanitizer: Sanitizer?
    /// Whether binaries without the sanitizer are measured as well, since metrics besides faults are followed.
    public var sanitizesBeside = false
    /// The go command's path or name; nil for the one on PATH.
    public var go: String?
    /// What each process may use.
    public var limits = Limits()
    /// Further environment variables to let through.
    public var environmentNames: [String] = []
    /// The box for old code; nil for what the setting `allocbisect.sandbox` says, or else the best there is.
    public var sandbox: Sandbox.Choice?
    /// Our own program, for the box that it makes by itself; nil where there is none.
    public var launcher: String?
    /// Whether benchmarks and builds reach the network.
    public var hasNetwork = false
    /// Where the results cache lies.
    public var cache = CacheChoice.shared
    /// Whether imported measurements of the same recipe count as our own do.
    public var trustsImported = false
    /// How many commits are measured at once.
    public var jobs = 1
    /// Who measures instead of this machine, such as `ssh:host`; nil for what the setting `allocbisect.executor` says,
    /// or else nobody.
    public var executor: String?
    /// Whether all that is followed is the same on machines that count alike.
    package var isPortable = true
    /// The arguments that these options come from, and those that select benchmarks, for commands that are suggested.
    public var arguments: [String] = []
    public var selectingArguments: [String] = []
    /// The command that goes on after an interruption; nil for the user's own.
    public var continuing: String?
    /// The revision whose test files are used at every commit; nil for each commit's own.
    public var testsFrom: String?

    /// Further arguments of the test binaries, such as `-test.short`.
    public var testArguments: [String] = []
    /// A shell's command line that is run in the root of a commit's files before anything is built of them, such as a
    /// generator's; nil for none.
    public var beforeBuild: String?
    /// A change that is made to the files of every commit that does not have it.
    public var patch: Patch?

    /// The places a results cache can have.
    public enum CacheChoice: Sendable, Hashable {
        /// The common git directory.
        case shared
        /// A file of the user's choice.
        case file(String)
        /// Nowhere: measurements are forgotten at the end.
        case none
    }

    /// Creates the options of a user who gave none.
    public init() {}

    /// What is built into the binary that gives all values but faults; nil for nothing.
    var measuredSanitizer: Sanitizer? { sanitizesBeside ? nil : sanitizer }

    /// The options with what it takes to follow some metrics.
    public func following(_ metrics: [Metric]) -> MeasuringOptions {
        var options = self
        options.countsInstructions = metrics.contains(.instructions)
        options.isPortable = Set(metrics).isSubset(of: Metric.standard + [.bytes, .retainedBytes])
        options.sanitizesBeside = sanitizer != nil && metrics.contains { $0 != .reports }
        // A clock must not be disturbed by another measurement.
        if metrics.contains(where: { $0.behavior == .timed }) { options.jobs = 1 }
        return options
    }

    /// How to go on after an interruption, as a clause.
    package var continuation: String {
        if cache == .none { return "nothing was kept, since --no-cache was given" }
        return continuing.map { "to continue, run: \($0)" } ?? "run the same command again to continue"
    }

    /// A command with these options, as a shell takes it.
    ///
    /// - Parameter selecting: The arguments that select benchmarks; nil for the user's.
    package func command(_ words: [String], selecting: [String]? = nil) -> String {
        (["allocbisect"] + words + (selecting ?? selectingArguments) + arguments).map(\.shellQuoted)
            .joined(separator: " ")
    }
}
