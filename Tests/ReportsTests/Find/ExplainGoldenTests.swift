import AllocBisectCore
import Git
import Testing

@testable import Reports

@Suite("What explain prints is what its golden files say")
struct ExplainGoldenTests {
    private static let forms: [GoldenForm<CommitComparison>] = [
        .init("txt") { ExplainText.text(of: $0, style: Given.plain) },
        .init("ansi") { ExplainText.text(of: $0, style: Given.colored) },
        .init("md") { ExplainMarkdown.text(of: $0) },
        .init("json") { try ExplainJSON.text(of: $0) },
    ]

    @Test("in every form", arguments: Given.comparisons, forms)
    func explain(value: GoldenValue<CommitComparison>, form: GoldenForm<CommitComparison>) throws {
        try form.expect(value, of: "explain")
    }

    @Test("as parts of a report's page", arguments: Given.comparisons)
    func page(value: GoldenValue<CommitComparison>) throws {
        let comparison = try value.make()
        let parts = comparison.series.compactMap { series in
            series.explanation.map {
                ExplanationHTML(
                    explanation: $0, metric: series.metric, commit: comparison.after.id, origin: Given.origin
                ).text
            }
        }
        if !parts.isEmpty { try expectGolden(parts.joined(separator: "\n"), "explain-\(value.name).html") }
    }
}
