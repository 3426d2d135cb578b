import AllocBisectCore
import Testing

@testable import Reports

@Suite("What a search prints is what its golden files say")
struct FindGoldenTests {
    private static let command = "allocbisect v1..main -p ./book -b 'Depth|Walk'"
    private static let forms: [GoldenForm<Verdict>] = [
        .init("txt") { FindText.text(of: $0, command: command, style: Given.plain) },
        .init("ansi") { FindText.text(of: $0, command: command, style: Given.colored) },
        .init("md") { FindMarkdown.text(of: $0, command: command) },
        .init("json") { try FindJSON.text(of: $0) },
    ]

    @Test("in every form", arguments: Given.verdicts, forms)
    func find(value: GoldenValue<Verdict>, form: GoldenForm<Verdict>) throws {
        try form.expect(value, of: "find")
    }
}
