import AllocBisectCore
import Testing

@testable import Reports

@Suite("What record, plan and doctor print is what their golden files say")
struct MeasuringGoldenTests {
    private static let recordings: [GoldenForm<CommitMeasurements>] = [
        .init("txt") { RecordReport.text(of: $0) }, .init("json") { try RecordReport.json(of: $0) },
    ]
    private static let previews: [GoldenForm<SearchPlan>] = [
        .init("txt") { PlanReport.text(of: $0, command: "allocbisect v1..main -p './book\u{1b}'") },
        .init("json") { try PlanReport.json(of: $0) },
    ]
    private static let plans: [GoldenForm<HistoryPlan>] = [.init("txt") { HistoryPlanText.text(of: $0) }]
    private static let diagnoses: [GoldenForm<Diagnosis>] = [
        .init("txt") { DoctorReport.text(of: $0, style: Given.plain) },
        .init("ansi") { DoctorReport.text(of: $0, style: Given.colored) },
        .init("json") { try DoctorReport.json(of: $0) },
    ]

    @Test("for the measurements of a commit", arguments: Given.recordings, recordings)
    func record(value: GoldenValue<CommitMeasurements>, form: GoldenForm<CommitMeasurements>) throws {
        try form.expect(value, of: "record")
    }

    @Test("for the preview of a search", arguments: Given.previews, previews)
    func plan(value: GoldenValue<SearchPlan>, form: GoldenForm<SearchPlan>) throws {
        try form.expect(value, of: "plan")
    }

    @Test("for what a history would measure", arguments: Given.plans, plans)
    func historyPlan(value: GoldenValue<HistoryPlan>, form: GoldenForm<HistoryPlan>) throws {
        try form.expect(value, of: "history-plan")
    }

    @Test("for what a machine has and lacks", arguments: Given.diagnoses, diagnoses)
    func doctor(value: GoldenValue<Diagnosis>, form: GoldenForm<Diagnosis>) throws {
        try form.expect(value, of: "doctor")
    }
}
