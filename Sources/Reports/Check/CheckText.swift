public import AllocBisectCore
import Benchmarks
import Git

/// A check for people: a table for each state, with a row for each benchmark that has something to report, and
/// what is allowed below the row.
public struct CheckText {
    private let width: Int
    private let style: TextStyle
    private let command: (Verdict) -> String

    /// The text of a check, with the searches of what failed in it.
    ///
    /// - Parameters:
    ///   - width: The columns of the terminal, for which metrics are left out of the rows; nil for lines of any length.
    ///   - command: A search as the user would write it.
    public static func text(
        of check: Check, width: Int?, style: TextStyle, command: @escaping (Verdict) -> String
    ) -> String {
        let document = CheckText(width: width ?? .max, style: style, command: command)
        return CheckOutline(check).sections.flatMap(document.paragraphs).text
    }

    private func paragraphs(of section: CheckOutline.Section) -> [[String]] {
        switch section {
        case .summary(let check):
            [["\(check.ends): \(counted(check.series.count, "series", plural: "series")): \(check.counts)"]]
        case .states(let states): states.map { table($0.kind, $0.benchmarks) }
        case .notes(let notes): [notes.map { "note: \($0.terminalSafe)" }]
        case .result(let hasPassed): [[hasPassed ? style.green("passed") : style.red("failed")]]
        case .search(let verdict): FindText.paragraphs(of: verdict, command: command(verdict), style: style)
        }
    }

    private func table(_ kind: CheckedSeries.State.Kind, _ rows: [CheckedBenchmark]) -> [String] {
        let names = rows.map { "    " + $0.series[0].benchmark.name.terminalSafe }
        let longest = names.map(\.columns).max() ?? 0
        var metrics = CheckedBenchmark.metrics(of: rows)
        func lines(room: Int) -> [String] { self.lines(kind, rows, names.map { $0.shortened(to: room) }, metrics) }
        func excess(_ lines: [String]) -> Int { (lines.map(\.columns).max() ?? 0) - width }
        var table = lines(room: longest)
        if excess(table) > 0 {
            // Names may take half of the line before metrics have to go, and whatever is left in the end.
            let room = min(longest, max(16, width / 2))
            while metrics.count > 1 && excess(lines(room: room)) > 0 { metrics.removeLast() }
            table = lines(room: max(16, room - excess(lines(room: room))))
        }
        var text = [style.bold(table[0])]
        var package: String?
        for (row, line) in zip(rows, table.dropFirst()) {
            if row.series[0].package != package { text.append(row.series[0].package.terminalSafe) }
            package = row.series[0].package
            text += [line] + details(of: row, besides: metrics)
        }
        return text
    }

    private func lines(
        _ kind: CheckedSeries.State.Kind, _ rows: [CheckedBenchmark], _ names: [String], _ metrics: [Metric]
    ) -> [String] {
        let cells = rows.map { row in metrics.map { metric in row.shown(metric).map(values) ?? "" } }
        return TextTable(
            header: ["\(kind.rawValue):"] + metrics.map(\.unit.terminalSafe), rows: zip(names, cells).map { [$0] + $1 }
        ).lines
    }

    private func values(of checked: CheckedSeries) -> String {
        checked.isTold ? style.red(checked.values) : checked.values
    }

    /// What is to be said of a benchmark's metrics below its row, a line for those of which it is the same.
    private func details(of row: CheckedBenchmark, besides metrics: [Metric]) -> [String] {
        let limits = row.reported.map { checked in
            let isShown = metrics.contains(checked.metric) && row.shown(checked.metric) != nil
            let parts = [
                isShown ? nil : values(of: checked), checked.state.kind == row.kind ? nil : checked.state.name,
                checked.limit.map { "\($0) (\(checked.appliedThreshold))" },
            ]
            return (checked.metric, parts.compactMap(\.self).joined(separator: ", "))
        }
        let remarks = row.reported.map { ($0.metric, ($0.remarks ?? "").terminalSafe) }
        var lines: [(text: String, metrics: [String])] = []
        for (metric, text) in limits + remarks where !text.isEmpty {
            if let index = lines.firstIndex(where: { $0.text == text }) {
                lines[index].metrics.append(metric.unit.terminalSafe)
            } else {
                lines.append((text, [metric.unit.terminalSafe]))
            }
        }
        return lines.map { "        \($0.metrics.joined(separator: ", ")): \($0.text)" }
    }
}
