import AllocBisectCore
import Testing

@testable import Reports

@Suite("What explain prints is what its golden files say")
struct ExplainGoldenTests {
    private static let forms: [GoldenForm<CommitComparison>] = [
        .init("txt") { ExplainReport.text(of: $0, style: Given.plain) },
        .init("ansi") { ExplainReport.text(of: $0, style: Given.colored) },
        .init("md") { ExplainReport.markdown(of: $0) },
        .init("json") { try ExplainReport.json(of: $0) },
    ]

    @Test("in every form", arguments: Given.comparisons, forms)
    func explain(value: GoldenValue<CommitComparison>, form: GoldenForm<CommitComparison>) throws {
        try form.expect(value, of: "explain")
    }
}
