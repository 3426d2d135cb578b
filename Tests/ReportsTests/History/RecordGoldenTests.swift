import AllocBisectCore
import Testing

@testable import Reports

@Suite("What is printed of measuring commits is what its golden files say")
struct RecordGoldenTests {
    private static let recordings: [GoldenForm<CommitMeasurements>] = [
        .init("txt") { RecordText.text(of: $0) }, .init("json") { try RecordJSON.text(of: $0) },
    ]
    private static let plans: [GoldenForm<HistoryPlan>] = [.init("txt") { HistoryPlanText.text(of: $0) }]

    @Test("for the measurements of a commit", arguments: Given.recordings, recordings)
    func record(value: GoldenValue<CommitMeasurements>, form: GoldenForm<CommitMeasurements>) throws {
        try form.expect(value, of: "record")
    }

    @Test("for what a history would measure", arguments: Given.plans, plans)
    func historyPlan(value: GoldenValue<HistoryPlan>, form: GoldenForm<HistoryPlan>) throws {
        try form.expect(value, of: "history-plan")
    }
}
