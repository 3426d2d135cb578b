public import AllocBisectCore
import Benchmarks
import Git

/// A history for people: a table with a row for each commit and a column for each series.
///
/// On a terminal every line fits: authors and subjects are shortened for it, numbers never. What has no room beside the
/// commits follows in further tables, and series that are the same throughout are then told in a line each.
public struct HistoryText {
    private let history: History
    private let style: TextStyle
    private let commits: HistoryCommitColumns
    private let columns: [HistoryColumn]
    /// The series that have no column.
    private let constant: [Int]

    /// The text of a history.
    ///
    /// - Parameter width: The columns of the terminal; nil for lines of any length.
    public static func text(of history: History, width: Int?, style: TextStyle) -> String {
        let text = HistoryText(history, width: width ?? Int.max / 2, style)
        return text.paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
            + "\n"
    }

    private init(_ history: History, width: Int, _ style: TextStyle) {
        (self.history, self.style) = (history, style)
        commits = HistoryCommitColumns(history.rows.map(\.commit), width: width)
        let all = history.series.indices.map { HistoryColumn(history, $0) }
        columns = commits.haveRoom(for: all) ? all : all.filter(\.hasChange)
        constant = commits.haveRoom(for: all) ? [] : all.filter { !$0.hasChange }.map(\.series)
    }

    private var paragraphs: [[String]] {
        let groups = commits.groups(of: Array(zip(1..., columns)))
        let tables = groups.map { ($0, commits.narrowed(for: $0.map(\.1))) }
        return [[history.summary], legend] + tables.map(table)
            + [
                same, skips(room: tables.map(\.1.room).max() ?? 0), gaps,
                history.warnings.map { "note: \($0.terminalSafe)" },
            ]
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

    /// The series without a column, with the values that they have everywhere.
    private var same: [String] {
        let benchmarks = Dictionary(grouping: constant) {
            [history.series[$0].directory, history.series[$0].benchmark]
        }
        return benchmarks.values.sorted { $0[0] < $1[0] }.map { indices in
            let series = history.series[indices[0]]
            let values = indices.map { index -> String in
                let value = history.rows.lazy.compactMap { $0.cells[index].value }.first ?? 0
                return
                    "\(history.series[index].metric.formatted(value)) \(history.series[index].metric.unit.terminalSafe)"
            }
            return "the same throughout: \(series.package.terminalSafe) \(series.benchmark.terminalSafe), "
                + values.joined(separator: ", ")
        }
    }

    /// The reasons that had no room in the tables.
    private func skips(room: Int) -> [String] {
        let cut = history.rows.filter { ($0.skipped?.terminalSafe.columns ?? 0) > room }
        guard !cut.isEmpty else { return [] }
        return ["skipped:"] + cut.map { "    \($0.commit.id.short)  \(($0.skipped ?? "").terminalSafe)" }
    }

    /// Why benchmarks have no value at commits where others have one.
    private var gaps: [String] {
        let gaps = history.gaps
        guard !gaps.isEmpty else { return [] }
        return ["without a value:"]
            + gaps.map { gap in
                let more = gap.count > 1 ? " and \(gap.count - 1) more" : ""
                return
                    "    \(gap.first.short)\(more)  \(gap.package.terminalSafe) "
                    + "\(gap.benchmarks.map(\.terminalSafe).joined(separator: ", ")): \(gap.reason.terminalSafe)"
            }
    }
}
