import AllocBisectCore
import Testing

@testable import Reports

@Suite("What a comparison prints is what its golden files say")
struct CompareGoldenTests {
    private static let forms: [GoldenForm<ComparedCommits>] = [
        .init("txt") { CompareText.text(of: $0, everything: false, width: nil, style: Given.plain) },
        .init("80.txt") { CompareText.text(of: $0, everything: true, width: 80, style: Given.plain) },
        .init("120.txt") { CompareText.text(of: $0, everything: true, width: 120, style: Given.plain) },
        .init("120.ansi") { CompareText.text(of: $0, everything: false, width: 120, style: Given.colored) },
        .init("json") { try CompareJSON.text(of: $0) },
        .init("md") { CompareMarkdown.text(of: $0, everything: false) },
    ]

    @Test("in every form", arguments: Given.compared, forms)
    func compare(value: GoldenValue<ComparedCommits>, form: GoldenForm<ComparedCommits>) throws {
        try form.expect(value, of: "compare")
    }
}
