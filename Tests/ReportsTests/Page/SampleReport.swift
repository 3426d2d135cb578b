import Benchmarks
import Git

@testable import AllocBisectCore
@testable import Explaining

/// A report in which everything that comes from a repository is hostile.
enum SampleReport {
    /// Texts as an attacker may write them.
    static let texts = [
        "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onclick='alert(1)", "<!--", "]]>",
        "</style><style>*{display:none}</style>", "\u{0}\u{1b}[2J\u{202e}\u{2028}\u{FFFE}", "<svg/onload=alert(1)>",
        String(repeating: "<b>x&amp;", count: 1_250),
    ]

    /// One commit a text; the first series rises at the third and falls at the last one, the second one is missing in the
    /// middle.
    static func make(isSearched: Bool = true) throws -> RangeReport {
        let first: [Double?] = [1, 1, 300, 300, 300, 300, 300, nil, 2]
        var before: Double?
        let rows = texts.indices.map { number in
            var cell = HistoryCell(value: first[number], reason: first[number] == nil ? texts[0] : nil)
            if let value = first[number] {
                cell.change = before.map { value - $0 }
                cell.isStep = (cell.change ?? 0) != 0
                before = value
            }
            let isMissing = (3..<6).contains(number) || first[number] == nil
            let other = isMissing ? HistoryCell(reason: texts[1]) : HistoryCell(value: 7, change: 0)
            return HistoryRow(
                commit: commit(number), cells: [cell, other], skipped: first[number] == nil ? texts[1] : nil)
        }
        let series = [
            HistorySeries(
                package: texts[1], directory: ".", benchmark: texts[0], metric: .allocations, pair: .standard),
            HistorySeries(
                package: texts[0], directory: ".", benchmark: "Benchmark", metric: Metric(texts[1]), pair: .standard),
        ]
        let history = History(
            good: commit(8).id, bad: commit(0).id, series: series, rows: rows, measured: 0, platform: texts[2],
            goVersion: texts[2], cpu: 1,
            warnings: texts)
        return RangeReport(
            range: try RevisionRange("v1\"><script>..main<b>"), history: history, thresholds: .standard,
            search: isSearched ? .done(try verdict(series)) : .unwanted)
    }

    /// A report of values with two decimals that step now and then.
    static func large(commits: Int, series count: Int) throws -> RangeReport {
        let series = (0..<count).map { number in
            HistorySeries(
                package: "example.com/m/package\(number / 5)", directory: "package\(number / 5)",
                benchmark: "BenchmarkNumber\(number)", metric: .allocations, pair: .standard)
        }
        let author = Signature(name: "A U Thor", email: "", time: 1_700_000_000, offsetMinutes: 0)
        var rows = (0..<commits).map { _ in HistoryRow(commit: commit(0), cells: []) }
        for row in rows.indices {
            rows[row].commit = Commit(
                id: commit(0).id, parents: [], tree: commit(0).tree, author: author, committer: author,
                subject: "package: change what is the \(row)th thing to be changed",
                message: "")
            rows[row].cells = series.indices.map { number in
                let level = (row + 31 * number) / 500
                let isStep = row > 0 && (row + 31 * number).isMultiple(of: 500)
                return HistoryCell(value: 10.01 + Double(level % 7), change: isStep ? 1 : 0, isStep: isStep)
            }
        }
        let history = History(
            good: nil, bad: commit(0).id, series: series, rows: rows, measured: 0, platform: "linux/amd64/v1",
            goVersion: "go1.27.3", cpu: 1,
            warnings: [])
        return RangeReport(
            range: try RevisionRange("a..b"), history: history, thresholds: .standard, search: .unwanted)
    }

    private static func verdict(_ series: [HistorySeries]) throws -> Verdict {
        let found = try verdict(
            series[0], .found,
            culprits: [
                Culprit(
                    commit: commit(2), before: 1, after: 300, parent: commit(1).id, explanation: explanation,
                    confirmed: true)
            ])
        var unclear = try verdict(series[1], .oneOf)
        unclear.suspects = [commit(4).id, commit(5).id]
        unclear.shownSuspects = [commit(4), commit(5)]
        return Verdict(
            good: commit(8).id, bad: commit(0).id, candidates: 9, canDiffer: 9, series: [found, unclear], measured: 0,
            reused: 9, skipped: [.init(commit: commit(7).id, reason: texts[0])], warnings: texts)
    }

    private static func verdict(
        _ series: HistorySeries, _ outcome: SeriesOutcome, culprits: [Culprit] = []
    ) throws -> SeriesVerdict {
        SeriesVerdict(
            package: series.package, directory: series.directory, benchmark: series.benchmark,
            target: .init(package: ".", pattern: "Benchmark"), metric: series.metric, good: 1, bad: 2,
            threshold: try Threshold("+5%"), bound: Bound(.atLeast, 1.99), outcome: outcome, culprits: culprits,
            suspects: [], warnings: texts)
    }

    private static var explanation: Explanation {
        var explanation = Explanation(kind: .code, reason: texts[0], share: 1)
        let change = Explanation.Change(before: 0, after: 299)
        explanation.sites = texts.map {
            .init(function: $0, file: $0, line: 3, callee: $0, allocsPerOp: change, bytesPerOp: change, heldBy: $0)
        }
        explanation.escapes = texts.map { .init(file: $0, line: 3, change: "added", text: $0) }
        explanation.hunks = texts.map {
            ExplainedHunk(
                file: $0, function: $0,
                lines: [.init(mark: "+", number: 3, text: $0, allocsPerOp: 299), .init(mark: "-", number: 3, text: $0)])
        }
        explanation.modules = texts.map { .init(path: $0, before: $0, after: nil) }
        explanation.profiles = .init(before: texts[0], after: texts[1], command: texts[1])
        explanation.proof = .notPossible(texts[0])
        explanation.warnings = texts
        return explanation
    }

    private static func commit(_ number: Int) -> Commit {
        let text = texts[number]
        let author = Signature(
            name: text, email: "a@example.com", time: 1_700_000_000 + Int64(number) * 86_400, offsetMinutes: 0)
        return Commit(
            id: ObjectID(String(repeating: "\(number)abcdef01", count: 5).prefix(40).description)!, parents: [],
            tree: ObjectID(String(repeating: "0", count: 40))!, author: author, committer: author, subject: text,
            message: text)
    }
}
