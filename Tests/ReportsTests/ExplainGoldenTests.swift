import AllocBisectCore
import Testing

@testable import Reports

@Suite("What explain prints is what its golden files say")
struct ExplainGoldenTests {
    private static let forms: [GoldenForm<Investigation>] = [
        .init("txt") { InvestigationReport.text(of: $0, style: Given.plain) },
        .init("ansi") { InvestigationReport.text(of: $0, style: Given.colored) },
        .init("md") { InvestigationReport.markdown(of: $0) },
        .init("json") { try InvestigationReport.json(of: $0) },
    ]

    @Test("in every form", arguments: Given.investigations, forms)
    func explain(value: GoldenValue<Investigation>, form: GoldenForm<Investigation>) throws {
        try form.expect(value, of: "explain")
    }
}
