import AllocBisectCore
import Benchmarks
import Foundation
import Git
import TestSupport
import Testing

@testable import Reports

@Suite("A history for other programs")
struct HistoryFormatTests {
    private let history = SampleHistory.make()

    @Test("is JSON with numbers as numbers and texts as they are")
    func json() throws {
        let text = try HistoryJSON.text(of: history)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        // It is written in parts, as an encoder would write it.
        let layout: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let again = try JSONSerialization.data(withJSONObject: document, options: layout)
        #expect(text == String(decoding: again, as: UTF8.self) + "\n")
        #expect(document["schemaVersion"] as? Int == 1 && document["command"] as? String == "history")
        let rows = try #require(document["rows"] as? [[String: Any]])
        #expect(rows.map { $0["subject"] as? String } == SampleHistory.subjects)
        #expect(rows.map { $0["commit"] as? String } == history.rows.map(\.commit.id.description))
        #expect(rows[2]["date"] as? String == "2023-11-16T18:43:20-03:30")
        let cells = rows.compactMap { ($0["values"] as? [[String: Any]])?.first }
        #expect(cells.map { $0["value"] as? Double } == [1, 1, 3.5, nil, 1_234_567_890_123, 0])
        #expect(cells[3]["value"] is NSNull && cells[0]["change"] is NSNull)
        #expect(cells.map { $0["step"] as? Bool } == [false, false, true, false, true, true])
        #expect(rows.map { $0["skipped"] != nil } == [false, false, false, true, false, false])
    }

    @Test("is CSV as Python reads it", .enabled(if: Tool.isInstalled("python3"), "python3 is not installed"))
    func csv() throws {
        let script = """
            import csv, io, json, sys
            text = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
            rows = list(csv.reader(text, strict=True))
            assert all(len(row) == len(rows[0]) for row in rows), "ragged"
            print(json.dumps(rows))
            """
        let printed = try Tool.run(["python3", "-c", script], on: HistoryCSV.text(of: history))
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [[String]])
        #expect(rows[0].prefix(6) == ["commit", "parents", "date", "author", "subject", "skipped"])
        #expect(rows[0][6] == "example.com/m BenchmarkA/x=\"1\"\\,|<i> allocs/op")
        #expect(rows[0][7].hasSuffix(" allocs/op change") && rows[0][8].hasSuffix(" allocs/op step"))
        #expect(rows.dropFirst().map { Double($0[6]) } == [1, 1, 3.5, nil, 1_234_567_890_123, 0])
        #expect(rows.dropFirst().map { $0[8] } == ["0", "0", "1", "", "1", "1"])
        #expect(rows[2][3] == "'@Ünï \"quoted\", Jr.")
        #expect(rows[2][4] == "'=cmd|'/c calc'!A1" && rows[6][4] == "'-1+2")
        #expect(rows[3][4] == SampleHistory.subjects[2])
        #expect(rows[4][5] == "the benchmark panicked: <b>,\\u{a}\"x\"")
        #expect(HistoryCSV.text(of: history).hasSuffix("\r\n"))
    }

    /// After the grammar of https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md: every line is
    /// blank, a key, or a result.
    @Test("is the Go benchmark format by the letter")
    func benchmarks() throws {
        var keys: [String: String] = [:]
        var results: [String: [BenchmarkResult]] = [:]
        for line in HistoryBenchmarks.text(of: history).split(separator: "\n") {
            if let result = BenchmarkResult(line: line, cpu: 4) {
                #expect(line.wholeMatch(of: /Benchmark[^\sa-z]\S*-4\t[0-9]+(\t[0-9.e+-]+ \S+)+/) != nil)
                results[keys["commit"] ?? "", default: []].append(result)
            } else {
                let key = try #require(line.wholeMatch(of: /([a-z][^\sA-Z:]*): (\S.*)/), "\(line)")
                keys[String(key.1)] = String(key.2)
                #expect(String(key.1) != "commit-date" || key.2.wholeMatch(of: /[0-9T:+-]{25}/) != nil)
            }
        }
        #expect(keys["goos"] == "linux" && keys["goarch"] == "amd64" && keys["pkg"] == "example.com/m")
        let commits = history.rows.filter { $0.skipped == nil }.map(\.commit.id.description)
        #expect(Set(results.keys) == Set(commits))
        let first = try #require(results[commits[2]])
        #expect(first.map(\.name) == ["BenchmarkA/x=\"1\"\\,|<i>", "BenchmarkA/x=\"1\"\\,|<i>", "BenchmarkB"])
        #expect(first.map(\.values) == [["allocs/op": 3.5], ["allocs/op": 4.5], ["odd_unit": 7]])
    }

    @Test("says in the forms of other programs what commits were prepared with")
    func preparations() throws {
        var history = history
        history.preparations = [("patch", "fix.patch"), ("before-build", "sed 's/\"/\\n/'\ngo generate ./...")]
        let lines = HistoryBenchmarks.text(of: history).split(separator: "\n")
        #expect(lines.prefix(5).contains("patch: fix.patch"))
        #expect(lines.prefix(5).contains { $0.hasPrefix("before-build: sed ") && $0.hasSuffix("go generate ./...") })
        let metrics = HistoryPrometheus.text(of: history)
        #expect(metrics.contains("\nallocbisect_preparation{option=\"patch\",value=\"fix.patch\"} 1\n"))
        if Tool.isInstalled("promtool") { #expect(try Tool.run(["promtool", "check", "metrics"], on: metrics) == "") }
    }

    @Test("is HTML in which nothing from the repository is markup, and which loads nothing")
    func html() {
        let text = HistoryHTML.text(of: history)
        #expect(text.contains("content=\"default-src 'none'; style-src 'sha256-"))
        #expect(!text.contains("<script") && !text.contains("script-src") && !text.contains("<i>"))
        #expect(text.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more"))
        #expect(text.count(of: "<tr>") == 7 && text.count(of: "<td>20") == 6)
        #expect(!text.contains("http://") && !text.contains("https://") && !text.contains("src="))
    }

    @Test("is a markdown table with as many cells in every row")
    func markdown() {
        let lines = HistoryMarkdown.text(of: history).split(separator: "\n").dropFirst().map(String.init)
        // What escapes a bar is not a border.
        let bars = lines.prefix(8).map { $0.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" } }
        #expect(Set(bars) == [7])
        #expect(lines[4].contains("**3.5** (+2.5 ▲)"))
        #expect(!lines.joined().contains("<script") && lines.last == "Note: a \\`note\\` with &lt;b&gt;")
    }

    @Test("is what Prometheus reads", .enabled(if: Tool.isInstalled("promtool"), "promtool is not installed"))
    func promtool() throws {
        #expect(try Tool.run(["promtool", "check", "metrics"], on: HistoryPrometheus.text(of: history)) == "")
    }

    @Test(
        "has a dashboard whose queries Prometheus understands, of metrics that are written",
        .enabled(if: Tool.isInstalled("promtool"), "promtool is not installed"))
    func dashboard() throws {
        let dashboard = try JSONSerialization.jsonObject(with: Data(HistoryPrometheus.dashboard.utf8))
        let panels = try #require((dashboard as? [String: Any])?["panels"] as? [[String: Any]])
        let queries = panels.flatMap { $0["targets"] as? [[String: Any]] ?? [] }.compactMap { $0["expr"] as? String }
        #expect(queries.count >= 3)
        let rules = queries.enumerated().map { ["record": "rule\($0)", "expr": $1] }
        let groups = ["groups": [["name": "dashboard", "rules": rules] as [String: Any]]]
        let file = FileManager.default.temporaryDirectory.appending(path: "rules-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try JSONSerialization.data(withJSONObject: groups, options: .withoutEscapingSlashes).write(to: file)
        #expect(try Tool.run(["promtool", "check", "rules", file.path], on: "").contains("SUCCESS"))
        let written = Set(
            HistoryPrometheus.text(of: history).matches(of: /# TYPE (\w+)/).map { String($0.1) })
        let asked = Set(queries.joined().matches(of: /allocbisect_\w+/).map { String($0.0) })
        #expect(asked == written)
    }

    @Test("is OpenMetrics with the newest value of each series")
    func metrics() {
        let lines = HistoryPrometheus.text(of: history).split(separator: "\n", omittingEmptySubsequences: false)
        let labels = "package=\"example.com/m\",benchmark=\"BenchmarkA/x=\\\"1\\\"\\\\,|<i>\",unit=\"allocs/op\""
        #expect(lines.contains("allocbisect_benchmark_value{\(labels)} 0.0"))
        #expect(lines.contains("allocbisect_benchmark_commit_timestamp_seconds{\(labels)} 1700432000"))
        #expect(lines.suffix(2) == ["# EOF", ""])
        #expect(lines.count { $0.hasPrefix("# TYPE ") } == 2 && lines.count { $0.hasPrefix("# HELP ") } == 2)
        // Two modules of one name would give equal labels.
        var twice = history
        twice.series[1] = twice.series[0]
        let values = HistoryPrometheus.text(of: twice).split(separator: "\n").filter { $0.hasPrefix("allocbisect_") }
        #expect(values.count == 2)
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
