import AllocBisectCore
import Foundation
import Testing

@testable import Reports

@Suite("What a report's mail holds is what its golden files say")
struct MailGoldenTests {
    private static let recipients = ["team@example.com", "ada@example.com"]

    @Test("with its parts and its subject as people read them", arguments: Given.reports)
    func mail(value: GoldenValue<RangeReport>) throws {
        let mail = ReportMail.text(of: try value.make(), from: Given.origin, to: Self.recipients)
        try expectGolden(Self.decoded(mail), "report-\(value.name).mail.txt")
    }

    /// A mail without its encodings, and without the page, which is in a golden file of its own.
    private static func decoded(_ mail: String) -> String {
        mail.replacing(#/=\?UTF-8\?B\?([^?]+)\?=/#) { text(of: $0.1) }
            .replacing(#/base64\n\n([A-Za-z0-9+/=\n]+)\n--/#) { match in
                let part = text(of: match.1)
                return "base64\n\n\(part.contains("</script>") ? "(the page)" : part)\n--"
            }
    }

    private static func text(of encoded: Substring) -> String {
        let data = Data(base64Encoded: String(encoded), options: .ignoreUnknownCharacters)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "(no base64)"
    }
}
