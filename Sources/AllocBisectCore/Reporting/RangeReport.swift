import Benchmarks
public import Git

/// What is known of a range: the history of its commits, how each series went, and what a search of it found.
public struct RangeReport: Sendable {
    /// The range as the user wrote it.
    public var range: RevisionRange
    /// The values at every commit.
    public var history: History
    /// How each series of the history went, in its order.
    public var trends: [Trend]
    /// What the search found; nil when nothing was to be measured, so that none was made.
    public var verdict: Verdict?
}

extension RangeReport {
    /// Searches a range, and then fills the gaps that the search has left in its history.
    ///
    /// When the task is cancelled while it measures the history, what is known by then is shown, with a warning.
    ///
    /// - Parameters:
    ///   - range: The range that both requests name.
    ///   - search: What to search; nil for the history alone.
    /// - Throws: What `Session` and `History` throw.
    public init(
        _ range: RevisionRange, history: HistoryRequest, search: SearchRequest?, environment: [String: String],
        events: @escaping @Sendable (Event) -> Void
    ) async throws {
        var verdict: Verdict?
        if let search {
            var session = try await Session(search, environment: environment, events: events)
            verdict = try await session.run()
        }
        let thresholds = history.thresholds
        let history = try await History(history, environment: environment, events: events)
        self.init(range: range, history: history, thresholds: thresholds, verdict: verdict)
    }

    /// Holds a history against what a search of the same range found.
    init(range: RevisionRange, history: History, thresholds: ThresholdRules, verdict: Verdict?) {
        self.range = range
        self.history = history
        self.verdict = verdict
        var searched: [Trend.Key: SeriesVerdict] = [:]
        for series in verdict?.series ?? [] { searched[Trend.Key(series)] = series }
        trends = history.series.indices.map { index in
            Trend(
                of: index, in: history, searched: searched[Trend.Key(history.series[index])], thresholds: thresholds)
        }
    }
}
