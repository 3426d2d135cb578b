import AllocBisectCore
import Testing

@testable import Reports

@Suite("What a report's page holds is what its golden files say")
struct ReportGoldenTests {
    private static let form = GoldenForm<RangeReport>("html") {
        ReportHTML.text(of: $0, from: Given.origin).withoutInlines
    }

    @Test("in every state of its search", arguments: Given.reports)
    func report(value: GoldenValue<RangeReport>) throws { try Self.form.expect(value, of: "report") }

    @Test("of series that went every way there is")
    func directions() throws {
        let directions = try Given.reports.flatMap { try $0.make().trends.map(\.direction) }
        #expect(Set(directions) == Set(Trend.Direction.allCases))
    }
}
