import AllocBisectCore
import Benchmarks
import Git

/// What a report could not decide or measure, and what else is to be known.
struct ReportNotes {
    let report: RangeReport

    /// What has no value or no answer, as HTML.
    var text: String { undecided + section("Skipped commits", skips) + report.history.gapList }

    /// What was noted on the way, as HTML.
    var notes: String {
        section("Notes", ((report.verdict?.warnings ?? []) + report.history.warnings).unique.map(\.htmlEscaped))
    }

    /// The series that were searched in vain; those that did not cross are counted only.
    private var undecided: String {
        guard let verdict = report.verdict else { return "" }
        let lists = verdict.suspectLists.filter { $0.contains(where: \.culprits.isEmpty) }.map { all in
            let commits = FindOutline.Suspect.all(of: all[0]).map { suspect in
                switch suspect {
                case .commit(let commit):
                    "<br><code>\(commit.id.short)</code> \(commit.author.day) \(commit.subject.htmlEscaped)"
                case .more(let count): "<br>… and \(count) more"
                }
            }
            return "<b>one-of</b>: \(all[0].suspects.count) commits cannot be measured apart:" + commits.joined()
                + all.map { "<br>\(line(of: $0))" }.joined()
        }
        let timed = verdict.undecided.map { series in
            let commits = series.likely.prefix(5).map {
                "\($0.share) <code>\($0.commit.id.short)</code> \($0.commit.author.day) \($0.commit.subject.htmlEscaped)"
            }
            let rest = series.likely.count > 5 ? ["and \(series.likely.count - 5) more"] : []
            return "<b>one-of</b>: by probability "
                + (commits + rest).joined(separator: ", ") + "<br>\(line(of: series))"
        }
        let others = verdict.series.filter {
            $0.culprits.isEmpty && $0.suspects.isEmpty && ![.notCrossed, .new, .removed].contains($0.outcome)
        }
        let items = lists + timed + others.map { "<b>\($0.outcome.rawValue)</b>: \(line(of: $0))" }
        return items.isEmpty ? "" : "<section id=undecided>\n\(section("Undecided series", items))</section>\n"
    }

    private func line(of series: SeriesVerdict) -> String {
        let values = [series.good, series.bad].map { $0.map(series.metric.formatted) ?? "none" }
        return "\(series.package.htmlEscaped) \(series.benchmark.htmlEscaped) \(values[0]) → \(values[1]) "
            + series.metric.unit.htmlEscaped + (series.boundText.map { ", \($0.htmlEscaped)" } ?? "")
            + series.warnings.map { "<br>\($0.htmlEscaped)" }.joined()
    }

    /// The commits without any value by reason, in the order in which the reasons first occur; those on merged branches,
    /// which are no rows, are known to the search alone.
    private var skips: [String] {
        let rows = Set(report.history.rows.map(\.commit.id))
        var skipped: [(commit: ObjectID, reason: String)] = []
        for row in report.history.rows {
            if let reason = row.skipped { skipped.append((row.commit.id, reason)) }
        }
        for skip in report.verdict?.skipped ?? [] where !rows.contains(skip.commit) {
            // A row has the first line alone.
            skipped.append((skip.commit, String(skip.reason.prefix { $0 != "\n" })))
        }
        let commits = Dictionary(grouping: skipped, by: \.reason)
        return skipped.map(\.reason).unique.map { reason in
            let all = commits[reason] ?? []
            let shown = all.prefix(10).map { "<code>\($0.commit.short)</code>" }.joined(separator: " ")
            return "\(reason.htmlEscaped): \(shown)\(all.count > 10 ? " and \(all.count - 10) more" : "")"
        }
    }

    private func section(_ title: String, _ items: [String]) -> String {
        items.isEmpty ? "" : "<h2>\(title)</h2>\n<ul>\n\(items.map { "<li>\($0)\n" }.joined())</ul>\n"
    }
}

extension History {
    /// Why benchmarks have no value at commits where others have one, as HTML.
    var gapList: String {
        let items = gaps.map { gap in
            "<li>\(gap.package.htmlEscaped) \(gap.benchmarks.map(\.htmlEscaped).joined(separator: ", ")), at "
                + "\(counted(gap.count, "commit")) from <code>\(gap.first.short)</code> on: \(gap.reason.htmlEscaped)\n"
        }
        return items.isEmpty ? "" : "<h2>Without a value</h2>\n<ul>\n\(items.joined())</ul>\n"
    }
}

extension [String] {
    /// Each text once, where it first occurs.
    fileprivate var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
