import AllocBisectCore
import Testing

@testable import Reports

@Suite("What plan prints is what its golden files say")
struct PlanGoldenTests {
    private static let forms: [GoldenForm<SearchPlan>] = [
        .init("txt") { PlanText.text(of: $0, command: "allocbisect v1..main -p './book\u{1b}'") },
        .init("json") { try PlanJSON.text(of: $0) },
    ]

    @Test("in every form", arguments: Given.previews, forms)
    func plan(value: GoldenValue<SearchPlan>, form: GoldenForm<SearchPlan>) throws {
        try form.expect(value, of: "plan")
    }
}
