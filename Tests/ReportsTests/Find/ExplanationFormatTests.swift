import Benchmarks
import Testing

@testable import Explaining
@testable import Reports

@Suite("An explanation in every form")
struct ExplanationFormatTests {
    private static func formats(_ explanation: Explanation, _ metric: Metric = .allocations) -> [String] {
        [
            ExplanationText(explanation: explanation, metric: metric, style: TextStyle(hasColor: false)).lines
                .joined(separator: "\n"),
            ExplanationMarkdown(explanation: explanation, benchmark: "BenchmarkF", metric: metric).blocks
                .joined(separator: "\n").replacing("\\", with: ""),
            ExplanationHTML(explanation: explanation, metric: metric, commit: Given.id(1), origin: Given.origin).text,
        ]
    }

    private static func site(_ file: String, _ line: Int, _ allocations: Double) -> Explanation.SiteChange {
        .init(
            function: "example.com/m.F", file: file, line: line, callee: nil,
            allocsPerOp: .init(before: 0, after: allocations), bytesPerOp: .init(before: 0, after: 8 * allocations))
    }

    @Test(
        "says 100 % of all and nothing else",
        arguments: [
            (1, "100 %"), (0.997, "99.7 %"), (0.9999, "99.9 %"), (1.0001, "100.1 %"), (1.21, "121 %"), (0.5, "50 %"),
        ] as [(Double, String)])
    func percent(share: Double, text: String) {
        var explanation = Explanation(kind: .code, reason: "", share: share)
        explanation.sites = [Self.site("m.go", 1, 3)]
        #expect(explanation.percentage(for: .allocations) == text)
        for format in Self.formats(explanation) { #expect(format.contains("\(text) of the difference")) }
    }

    @Test("leads to the later commit's lines on a forge, of whatever names them, and to none of another module's")
    func links() throws {
        var explanation = Explanation(kind: .code, reason: "", share: 1)
        explanation.sites = [Self.site("m.go", 1, 3), Self.site("/go/far.go", 2, 3)]
        explanation.goroutines = [
            .init(
                perOp: 1, state: "chan send", isLeaked: true, function: "example.com/m.F", file: "m.go", line: 3,
                createdBy: nil)
        ]
        explanation.escapes = [
            .init(file: "m.go", line: 4, change: "added", text: "x escapes to heap"),
            .init(file: "m.go", line: 5, change: "removed", text: "y escapes to heap"),
        ]
        let forge = try #require(Forge(remote: "git@github.com:ada/demo.git"))
        for metric in [Metric.allocations, .goroutines] {
            let markdown = ExplanationMarkdown(
                explanation: explanation, benchmark: "BenchmarkF", metric: metric,
                links: CommitLinks(forge: forge, commit: Given.id(1))
            ).blocks.joined(separator: "\n")
            let html = ExplanationHTML(
                explanation: explanation, metric: metric, commit: Given.id(1), origin: Given.origin
            ).text
            for text in [markdown, html] {
                let line = "https://github.com/ada/demo/blob/\(Given.id(1))/m.go#L"
                #expect(text.contains("\(line)\(metric == .goroutines ? 3 : 1)"), "\(text)")
                #expect(text.contains("\(line)4") && !text.contains("\(line)5"), "\(text)")
                #expect(!text.contains("far.go#L"), "\(text)")
            }
        }
    }

    @Test("rounds alike what is not exact")
    func rounding() {
        let texts = [120, 3.75, 0.5, 0.999, -2.001].map { Metric.allocations.signedCost($0) }
        #expect(texts == ["+120", "+3.75", "+0.50", "+1.00", "-2.00"])
    }

    @Test("shows every hunk that holds a line that is named")
    func hunks() {
        var explanation = Explanation(kind: .code, reason: "", share: 1)
        explanation.sites = (1...5).map { Self.site("f\($0).go", 40, 1) }
        explanation.hunks =
            (1...5).map { number in
                ExplainedHunk(
                    file: "f\(number).go", function: "F\(number)",
                    lines: (1...60).map {
                        .init(mark: "+", number: $0, text: "line\($0)()", allocsPerOp: $0 == 40 ? 1 : nil)
                    })
            } + [
                ExplainedHunk(
                    file: "g.go", function: nil, lines: [.init(mark: "+", number: 1, text: "rest()", allocsPerOp: nil)])
            ]
        for text in Self.formats(explanation) {
            #expect(text.ranges(of: "line40()").count == 5, "\(text)")
            #expect((1...5).allSatisfy { text.contains("F\($0)") } && text.contains("1 more hunk"))
        }
    }

    @Test("keeps the costly lines of a long hunk, however far apart they are")
    func excerpt() {
        let hunk = ExplainedHunk(
            file: "m.go", function: nil,
            lines: (1...100).map {
                .init(mark: "+", number: $0, text: "", allocsPerOp: [5, 50, 99].contains($0) ? Double($0) : nil)
            })
        let lines = hunk.excerpt(16)
        let numbers = lines.compactMap { $0?.number }
        // Three stretches of lines with what is left out between them marked.
        #expect(lines.count == 18 && lines[0] != nil && lines[17] != nil)
        #expect(zip(numbers, numbers.dropFirst()).count { $1 != $0 + 1 } == 2)
        #expect(numbers.count == 16 && numbers == numbers.sorted() && Set([5, 50, 99]).isSubset(of: numbers))
        #expect(hunk.excerpt(200).count == 100)
    }
}
