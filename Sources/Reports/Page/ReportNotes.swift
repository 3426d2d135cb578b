import AllocBisectCore
import Benchmarks
import Git

/// What has no value in a report, and what else is to be known.
struct ReportNotes {
    let report: RangeReport
    /// What the search found; nil without a search.
    let found: FindHTML?
    let origin: ReportOrigin

    /// What has no value, as HTML.
    var text: String {
        HistoryHTML.list("Skipped commits", skips) + HistoryHTML.gaps(report.history.gaps, origin)
    }

    /// What was noted on the way, as HTML.
    var notes: String {
        HistoryHTML.list("Notes", ((found?.notes ?? []) + report.history.warnings).unique.map(\.htmlEscaped))
    }

    /// The commits without any value by reason, in the order in which the reasons first occur; those on merged branches,
    /// which are not rows, are known to the search alone.
    private var skips: [String] {
        let rows = Set(report.history.rows.map(\.commit.id))
        var skipped: [(commit: ObjectID, reason: String)] = []
        for row in report.history.rows {
            if let reason = row.skipped { skipped.append((row.commit.id, reason)) }
        }
        for skip in found?.skipped ?? [] where !rows.contains(skip.commit) {
            // A row has the first line alone.
            skipped.append((skip.commit, String(skip.reason.prefix { $0 != "\n" })))
        }
        let commits = Dictionary(grouping: skipped, by: \.reason)
        return skipped.map(\.reason).unique.map { reason in
            let all = commits[reason] ?? []
            let shown = all.prefix(10).map { origin.link($0.commit) }.joined(separator: " ")
            return "\(reason.htmlEscaped): \(shown)\(all.count > 10 ? " and \(all.count - 10) more" : "")"
        }
    }
}

extension [String] {
    /// Each text once, where it first occurs.
    fileprivate var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
