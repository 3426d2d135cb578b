import Benchmarks
import Git

@testable import AllocBisectCore

/// A history with everything in it that a report must cope with.
enum SampleHistory {
    /// Subjects as a stranger may write them.
    static let subjects = [
        "plain", "=cmd|'/c calc'!A1", "<script>alert(\"1\")</script> & more", "a | b `c` **d** [e](f) @g #1, \"h\"",
        "\u{202e}txt.exe \u{1b}[31m\u{7} 漢字 🚀🇩🇪", "-1+2",
    ]

    /// One commit a subject: 1, 1, 3.5, none, 1234567890123, 0 allocations, and a series that never changes.
    static func make() -> History {
        let values: [Double?] = [1, 1, 3.5, nil, 1_234_567_890_123, 0]
        var before: Double?
        var rows: [HistoryRow] = []
        for (number, value) in values.enumerated() {
            var cell = HistoryCell(value: value, repeats: value.map { [$0, $0 + 1] } ?? [])
            if let value {
                cell.change = before.map { value - $0 }
                cell.isStep = (cell.change ?? 0) != 0
                before = value
            } else {
                cell.reason = "the benchmark panicked: <b>,\n\"x\""
            }
            let other = value == nil ? HistoryCell(reason: cell.reason) : HistoryCell(value: 7, repeats: [7], change: 0)
            rows.append(
                HistoryRow(commit: commit(number), cells: [cell, other], skipped: value == nil ? cell.reason : nil))
        }
        return History(
            good: id(0), bad: id(values.count),
            series: [
                series("BenchmarkA/x=\"1\"\\,|<i>", .allocations), series("BenchmarkB", Metric("odd unit")),
            ], rows: rows, measured: 3, platform: "linux/amd64/v1", goVersion: "go1.27.3", cpu: 4,
            warnings: ["a `note` with <b>"])
    }

    private static func series(_ name: String, _ metric: Metric) -> HistorySeries {
        HistorySeries(
            package: "example.com/m", directory: ".", benchmark: name, metric: metric, pair: IterationPair(long: 100))
    }

    private static func id(_ number: Int) -> ObjectID {
        ObjectID(String(repeating: "0123456789abcdef", count: 2) + "0000000\(number)")!
    }

    private static func commit(_ number: Int) -> Commit {
        let author = Signature(
            name: number == 1 ? "@Ünï \"quoted\", Jr." : "A U Thor", email: "a@example.com",
            time: 1_700_000_000 + Int64(number) * 86_400, offsetMinutes: number == 2 ? -210 : 60)
        return Commit(
            id: id(number + 1), parents: [id(number)], tree: id(9), author: author, committer: author,
            subject: subjects[number], message: subjects[number] + "\n")
    }
}
