public import Git
import GoToolchain
import Measuring

/// The values of every series at every commit of a range, as `history` shows them.
///
/// ```swift
/// let history = try await engine.history(HistoryRequest(range: nil, count: 30, thresholds: .standard))
/// for row in history.rows {
///     print(row.commit.id.short, row.cells.map { cell in cell.value.map { "\($0)" } ?? "-" })
/// }
/// ```
public struct History: Sendable {
    /// The good end as the user named it; nil when a number of commits was asked for.
    public var good: ObjectID?
    /// The newest commit that is shown: the bad end of the range, or HEAD.
    public var bad: ObjectID
    /// The series that have a value anywhere, by package, benchmark and metric.
    public var series: [HistorySeries]
    /// A row for each commit, parents before children.
    public var rows: [HistoryRow]
    /// How many commits were measured now.
    public var measured: Int
    /// What was measured for: operating system, architecture and its level, e.g. `linux/amd64/v1`.
    public var platform: String
    /// What measured: the Go version, e.g. `go1.27.3`.
    public var goVersion: String
    /// GOMAXPROCS of the runs.
    public var cpu: Int
    /// What the user should know.
    public var warnings: [String]
    /// What was done to each commit before it was measured, and how its benchmarks ran, by the names of the options.
    public var preparations: [(key: String, value: String)] = []

    /// Creates a history from its parts.
    public init(
        good: ObjectID? = nil, bad: ObjectID, series: [HistorySeries], rows: [HistoryRow], measured: Int,
        platform: String, goVersion: String, cpu: Int, warnings: [String],
        preparations: [(key: String, value: String)] = []
    ) {
        (self.good, self.bad, self.series, self.rows) = (good, bad, series, rows)
        (self.measured, self.platform, self.goVersion) = (measured, platform, goVersion)
        (self.cpu, self.warnings, self.preparations) = (cpu, warnings, preparations)
    }
}

extension Engine {
    /// Gathers what is known, and measures what is missing unless that is not wanted.
    ///
    /// When the task is cancelled while it measures, what is known by then is shown, with a warning.
    ///
    /// - Throws: When the commits do not resolve, when Go cannot be used, or when no benchmark matches.
    public func history(_ request: HistoryRequest) async throws -> History {
        let commits = try commits(of: request)
        return try await measuring(
            request.measuring, usesInputClasses: request.usesInputClasses, triesFailuresAgain: false
        ) { measurements, _ in try await history(request, commits, measurements) }
    }

    /// The commits of a history, with others of its range.
    func commits(of request: HistoryRequest, with others: Set<ObjectID> = []) throws -> HistoryCommits {
        let repository = try openRepository()
        return try HistoryCommits(repository, request, with: others, from: repository.prefix(of: directory))
    }

    /// The history as a measurer knows and measures it.
    func history(
        _ request: HistoryRequest, _ commits: HistoryCommits, _ measurements: any Measurements
    ) async throws -> History {
        var session = HistorySession(request, commits, measurements)
        try await session.run()
        try session.refuseUnreportedMetrics()
        if !request.cachedOnly { try await session.refuseWhatCannotBeHad() }
        let (series, rows) = try session.table(openRepository())
        // Hundreds of thousands of measurements take a while to be freed, which nobody needs to wait for.
        defer { Task.detached { [session] in withExtendedLifetime(session) {} } }
        return History(
            good: commits.good, bad: commits.bad, series: series, rows: rows, measured: session.cost.measured.count,
            platform: measurements.platform, goVersion: measurements.goVersion, cpu: request.measuring.cpu,
            warnings: commits.warnings + measurements.warnings + session.warnings + (try measurements.untrusted),
            preparations: request.measuring.preparations)
    }
}
