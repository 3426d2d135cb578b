import AllocBisectCore
import Testing

@testable import Reports

@Suite("What a history prints is what its golden files say")
struct HistoryGoldenTests {
    private static let forms: [GoldenForm<History>] = [
        .init("txt") { HistoryText.text(of: $0, width: nil, style: Given.plain) },
        .init("80.txt") { HistoryText.text(of: $0, width: 80, style: Given.plain) },
        .init("120.txt") { HistoryText.text(of: $0, width: 120, style: Given.plain) },
        .init("120.ansi") { HistoryText.text(of: $0, width: 120, style: Given.colored) },
        .init("json") { try HistoryJSON.text(of: $0) },
        .init("md") { HistoryMarkdown.text(of: $0) },
        .init("csv") { HistoryCSV.text(of: $0) },
        .init("bench") { HistoryBenchmarks.text(of: $0) },
        .init("html") { HistoryHTML.text(of: $0).withoutInlines },
        .init("prom") { HistoryPrometheus.text(of: $0) },
    ]

    @Test("in every form", arguments: Given.histories, forms)
    func history(value: GoldenValue<History>, form: GoldenForm<History>) throws {
        try form.expect(value, of: "history")
    }
}

extension String {
    /// A page without the text and the hashes of its style and script, which are the same in every page.
    var withoutInlines: String {
        [("style", HTMLDocument.style), ("script", HTMLDocument.script)].reduce(self) { page, inline in
            page.replacing(inline.1.text, with: "(\(inline.0))").replacing(inline.1.hash, with: "(hash)")
        }
    }
}
