import Benchmarks
import Testing

@testable import Explaining
@testable import Reports

@Suite("The lines of an explanation")
struct ExplainedSitesTests {
    private static func site(_ line: Int, allocations: Double, bytes: Double) -> Explanation.SiteChange {
        .init(
            function: "example.com/m.F", file: "m.go", line: line, callee: nil,
            allocsPerOp: .init(before: 1, after: 1 + allocations), bytesPerOp: .init(before: 8, after: 8 + bytes),
            heldBy: nil)
    }

    private static var explanation: Explanation {
        var explanation = Explanation(kind: .code, reason: "nothing else changed", share: 1)
        explanation.sites = [
            site(1, allocations: 1, bytes: 1), site(2, allocations: -0.03, bytes: -400),
            site(3, allocations: -0.01, bytes: 3), site(4, allocations: 0, bytes: 20),
        ]
        explanation.retained = [site(5, allocations: 2, bytes: 128), site(6, allocations: 0.02, bytes: 1)]
        return explanation
    }

    @Test(
        "leave out what a stray allocation makes, in the metric's own unit",
        arguments: [
            (.allocations, [1, 2]), (.bytes, [2, 4]), (.retainedObjects, [5]), (.retainedBytes, [5]),
        ] as [(Metric, [Int])])
    func shown(metric: Metric, lines: [Int]) {
        #expect(Self.explanation.sites(for: metric).map(\.line) == lines)
        let formats = [
            ExplanationText(explanation: Self.explanation, metric: metric, style: TextStyle(hasColor: false)).lines
                .joined(separator: "\n"),
            ExplanationMarkdown(explanation: Self.explanation, benchmark: "BenchmarkF", metric: metric).blocks
                .joined(separator: "\n"),
            ExplanationHTML(explanation: Self.explanation, metric: metric, commit: Given.id(1), origin: Given.origin)
                .text,
        ]
        for text in formats {
            #expect((1...6).filter { text.contains("m.go:\($0)") } == lines, "\(text)")
        }
    }

    @Test("are none when nothing changed")
    func none() {
        let explanation = Explanation(kind: .code, reason: "nothing else changed", share: nil)
        #expect(explanation.sites(for: .allocations).isEmpty)
    }
}
