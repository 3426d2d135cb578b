public import AllocBisectCore
import Benchmarks
import Git

/// A history for people: a table with a row for each commit and a column for each series.
///
/// On a terminal every line fits: authors and subjects are shortened for it, numbers never. What has no room beside the
/// commits follows in further tables, and series that are the same throughout then have a line each.
public struct HistoryText {
    private let history: History
    private let style: TextStyle
    private let columns: [HistoryColumn]
    /// The columns of each table, with their numbers, and those that tell the commits.
    private let tables: [(columns: [(Int, HistoryColumn)], commits: HistoryCommitColumns)]

    /// The text of a history.
    ///
    /// - Parameter width: The columns of the terminal; nil for lines of any length.
    public static func text(of history: History, width: Int?, style: TextStyle) -> String {
        let text = HistoryText(history, width: width ?? Int.max / 2, style)
        let outline = HistoryOutline(
            history, columns: text.columns.map(\.series), reasons: text.tables.map(\.commits.room).max() ?? 0)
        return outline.sections.flatMap(text.paragraphs).text
    }

    private init(_ history: History, width: Int, _ style: TextStyle) {
        (self.history, self.style) = (history, style)
        let commits = HistoryCommitColumns(history.rows.map(\.commit), width: width)
        let all = history.series.indices.map { HistoryColumn(history, $0) }
        columns = commits.haveRoom(for: all) ? all : all.filter(\.hasChange)
        tables = commits.groups(of: Array(zip(1..., columns))).map {
            (columns: $0, commits: commits.narrowed(for: $0.map(\.1)))
        }
    }

    private func paragraphs(of section: HistoryOutline.Section) -> [[String]] {
        switch section {
        case .summary(let history): [[history.summary]]
        case .values: [legend] + tables.map { table($0.columns, $0.commits) }
        case .same(let same):
            [
                same.map {
                    "the same throughout: \($0.package.terminalSafe) \($0.benchmark.terminalSafe), "
                        + $0.list(\.terminalSafe)
                }
            ]
        case .skipped(let skipped):
            [["skipped:"] + skipped.map { "    \($0.commit.short)  \($0.reason.terminalSafe)" }]
        case .gaps(let gaps): [["without a value:"] + gaps.map(line)]
        case .notes(let notes): [notes.map { "note: \($0.terminalSafe)" }]
        }
    }

    private var legend: [String] {
        TextTable(
            rows: zip(1..., columns).map { number, column in
                let series = history.series[column.series]
                return [
                    "[\(number)]", series.package.terminalSafe, series.benchmark.terminalSafe,
                    series.metric.unit.terminalSafe,
                ]
            }
        ).lines
    }

    private func table(_ columns: [(Int, HistoryColumn)], _ commits: HistoryCommitColumns) -> [String] {
        let header = commits.header + columns.map { $1.header("[\($0)]") }.joined()
        return [style.bold(header.trimmed)]
            + history.rows.indices.map { position in
                if let reason = history.rows[position].skipped {
                    return (commits.lines[position] + "  " + reason.terminalSafe.shortened(to: commits.room)).trimmed
                }
                return (commits.lines[position] + columns.map { $1.text(position, style) }.joined()).trimmed
            }
    }

    private func line(of gap: HistoryGap) -> String {
        let more = gap.count > 1 ? " and \(gap.count - 1) more" : ""
        return "    \(gap.first.short)\(more)  \(gap.package.terminalSafe) "
            + "\(gap.benchmarks.map(\.terminalSafe).joined(separator: ", ")): \(gap.reason.terminalSafe)"
    }
}

/// What a history would have measured, for people.
public enum HistoryPlanText {
    /// The plan as text: who would measure, and a line for each commit.
    public static func text(of plan: HistoryPlan) -> String {
        guard !plan.jobs.isEmpty else { return "Nothing would be measured: all \(plan.commits) commits are known.\n" }
        let rows = plan.jobs.map { job in
            let benchmarks =
                counted(job.benchmarks, "benchmark")
                + (job.packages > 1 ? " in \(counted(job.packages, "package"))" : "")
            return "    \(job.commit.short)  \(benchmarks)  \(job.subject.terminalSafe)"
        }
        let commits = "\(plan.jobs.count) of \(counted(plan.commits, "commit"))"
        let first = "At most \(commits) would be measured by \(plan.measurer.terminalSafe)"
        let notes = plan.notes.isEmpty ? [] : [""] + plan.notes.map { "note: \($0.terminalSafe)" }
        return ([first, ""] + rows + notes).joined(separator: "\n") + "\n"
    }
}
