public import Benchmarks
public import Git
import Measuring

/// What is known of a range: the history of its commits, how each series went, and what a search of it found.
public struct RangeReport: Sendable {
    /// The range as the user wrote it.
    public var range: RevisionRange
    /// The values at every commit.
    public var history: History
    /// How each series of the history went, in its order.
    public var trends: [Trend]
    /// The outcome of the search.
    public var search: Search

    /// The possible outcomes of the search.
    public enum Search: Sendable {
        /// None was made, since nothing was to be measured.
        case unwanted
        /// It was interrupted, so that no culprit is known; how to go on is a clause.
        case interrupted(continuation: String)
        /// It came to its end.
        case done(Verdict)

        /// What it found; nil when it did not come to its end.
        var verdict: Verdict? { if case .done(let verdict) = self { verdict } else { nil } }
    }

    /// What the search found; nil when it did not come to its end.
    public var verdict: Verdict? { search.verdict }
}

extension RangeReport {
    /// Holds a history against what a search of the same range found.
    public init(range: RevisionRange, history: History, thresholds: ThresholdRules, search: Search) {
        self.range = range
        self.history = history.marking(search.verdict?.series ?? [])
        self.search = search
        var searched: [Trend.Key: SeriesVerdict] = [:]
        for series in search.verdict?.series ?? [] { searched[Trend.Key(series)] = series }
        trends = self.history.series.indices.map { [history = self.history] index in
            Trend(
                of: index, in: history, searched: searched[Trend.Key(history.series[index])], thresholds: thresholds)
        }
    }
}

extension History {
    /// The history with each culprit marked as the step that it is, and not the merge that brought it in.
    fileprivate func marking(_ searched: [SeriesVerdict]) -> History {
        var history = self
        let columns = Dictionary(uniqueKeysWithValues: series.enumerated().map { (Trend.Key($1), $0) })
        let positions = Dictionary(rows.enumerated().map { ($1.commit.id, $0) }) { first, _ in first }
        for series in searched {
            guard let column = columns[Trend.Key(series)] else { continue }
            for culprit in series.culprits {
                guard let position = positions[culprit.commit.id] else { continue }
                if let merge = rows[position].merge.flatMap({ positions[$0] }) {
                    history.rows[merge].cells[column].isStep = false
                }
                history.rows[position].cells[column].isStep = true
                if let before = culprit.before, let value = rows[position].cells[column].value {
                    history.rows[position].cells[column].change = value - before
                }
            }
        }
        return history
    }
}

extension Engine {
    /// Searches a range, and then fills the gaps that the search has left in its history.
    ///
    /// When the task is cancelled while it measures, what the results cache knows by then is shown, and the report says so.
    ///
    /// - Parameters:
    ///   - range: The range that both requests name.
    ///   - search: What to search; nil for the history alone.
    /// - Throws: What `find` and `history` throw.
    public func report(
        _ range: RevisionRange, history request: HistoryRequest, search: SearchRequest?
    ) async throws -> RangeReport {
        guard let search else {
            return RangeReport(
                range: range, history: try await history(request), thresholds: request.thresholds, search: .unwanted)
        }
        let commits = try commits(of: request)
        let searched = try self.range(of: search)
        return try await measuring(search.options, usesInputClasses: search.usesInputClasses) {
            measurements, explainer in
            var session = Session(search, searched, measurements, explainer)
            var (request, outcome) = (request, RangeReport.Search.unwanted)
            do {
                outcome = .done(try await session.find())
            } catch {
                guard Task.isCancelled else { throw error }
                outcome = .interrupted(continuation: request.measuring.continuation)
                request.cachedOnly = true
            }
            let culprits = Set((outcome.verdict?.series ?? []).flatMap { $0.culprits.map(\.commit.id) })
            let commits = culprits.isEmpty ? commits : try self.commits(of: request, with: culprits)
            let history = try await history(request, commits, measurements)
            return RangeReport(range: range, history: history, thresholds: request.thresholds, search: outcome)
        }
    }
}
