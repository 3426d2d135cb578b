import Benchmarks

@testable import AllocBisectCore

extension Given {
    /// What a history may hold.
    static let histories: [GoldenValue<History>] = [
        .init("usual") { history },
        .init("gaps") {
            var history = Given.history
            history.good = nil
            for column in [0, 1, 3] {
                history.rows[1].cells[column] = HistoryCell(reason: "the benchmark panicked: boom")
                history.rows[4].cells[column] = HistoryCell(reason: "the benchmark panicked: boom")
            }
            history.rows[2].cells = history.series.map { _ in HistoryCell(reason: "the test binary does not build") }
            history.rows[2].skipped = "the test binary does not build: book/book.go:3:1: syntax error: unexpected }"
            history.warnings = ["2 commits are not measured yet"]
            return history
        },
        .init("empty") {
            var history = Given.history
            (history.series, history.rows) = ([], Array(history.rows.prefix(2)))
            for index in history.rows.indices {
                (history.rows[index].cells, history.rows[index].skipped) = ([], "not measured yet")
            }
            return history
        },
        // More series than have room side by side.
        .init("wide") {
            var history = Given.history
            history.series += [Metric.allocations, .bytes, .goroutines].map { series("Other", $0) }
            for index in history.rows.indices {
                history.rows[index].cells += [1.0, 64, 0].map {
                    HistoryCell(value: $0, repeats: [$0], change: index == 0 ? nil : 0)
                }
            }
            return history
        },
        .init("hostile") {
            var history = Given.history
            history.series = [
                series(hostile("benchmark"), .allocations), series("Plain", Metric(hostile("metric"))),
            ]
            for index in history.series.indices { history.series[index].package = hostile("package") }
            for index in history.rows.indices {
                history.rows[index].commit = hostileCommit(index + 2)
                history.rows[index].cells.removeLast(history.rows[index].cells.count - 2)
            }
            history.rows[1].cells[1] = HistoryCell(reason: hostile("reason"))
            history.rows[2].cells = history.series.map { _ in HistoryCell(reason: hostile("reason")) }
            history.rows[2].skipped = hostile("reason")
            (history.platform, history.warnings) = (hostile("system/level"), [hostile("warning"), hostile("warning")])
            return history
        },
    ]

    /// Six commits and a series of each sort of metric: some rise, some fall, some stay, and one takes much room.
    static var history: History {
        let columns: [(HistorySeries, [Double])] = [
            (series("Depth/levels=8", .allocations), [1, 1, 252.01, 252.01, 252.51, 252.01]),
            (series("Depth/levels=8", .bytes), [64, 64, 1_234_567_890_123, 4096, 4096, 64]),
            (series("Depth/levels=8", .goroutines), [0, 0, 0, 0, 0, 0]),
            (series("Walk", .time), [812.4, 790.1, 20_415, 20_933, 20_390.5, 9.8765]),
            (series("Walk", .retainedBytes), [16, 16, 16, 16, 16, 16]),
            (series("Walk", Metric("MB/s")), [12.5, 12.5, 12.5, 5, 5, 5]),
        ]
        let subjects = [
            "book: walk the levels", "feed: buffer", "book: copy the levels before they are handed out to a reader",
            "漢字 🚀🇩🇪", "=1+2", "Merge branch 'side'",
        ]
        let rows = subjects.indices.map { row in
            HistoryRow(
                commit: commit(row + 2, subjects[row], by: row == 3 ? "Grace Brewster Murray Hopper" : "Ada"),
                cells: columns.map { _, values in
                    var cell = HistoryCell(value: values[row], repeats: [values[row], values[row] + 0.5])
                    cell.change = row == 0 ? nil : values[row] - values[row - 1]
                    cell.isStep = (cell.change ?? 0).magnitude > 1
                    cell.isShared = row == 4
                    return cell
                })
        }
        return History(
            good: id(1), bad: id(7), series: columns.map(\.0), rows: rows, measured: 3, platform: "linux/amd64/v1",
            goVersion: "go1.27.3",
            cpu: 4, warnings: [])
    }

    /// A series that goes up and down again with each of many commits.
    static var crowdedHistory: History {
        var history = history
        history.series = [series("Walk", .allocations)]
        history.rows = (0..<104).map { row in
            let (value, before) = (row.isMultiple(of: 2) ? 10.0 : 20 + Double(row), row == 0 ? nil : Double(19 + row))
            var cell = HistoryCell(value: value, repeats: [value])
            cell.change = before.map { row.isMultiple(of: 2) ? value - $0 : value - 10 }
            cell.isStep = row > 0
            return HistoryRow(commit: commit(row + 1), cells: [cell])
        }
        return history
    }

    private static func series(_ name: String, _ metric: Metric) -> HistorySeries {
        HistorySeries(
            package: "example.com/demo/book", directory: "book", benchmark: "Benchmark" + name, metric: metric,
            pair: .standard)
    }
}
