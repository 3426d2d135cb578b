import AllocBisectCore
import Testing

@testable import Reports

@Suite("What doctor prints is what its golden files say")
struct DoctorGoldenTests {
    private static let forms: [GoldenForm<Diagnosis>] = [
        .init("txt") { DoctorText.text(of: $0, style: Given.plain) },
        .init("ansi") { DoctorText.text(of: $0, style: Given.colored) },
        .init("json") { try DoctorJSON.text(of: $0) },
    ]

    @Test("in every form", arguments: Given.diagnoses, forms)
    func doctor(value: GoldenValue<Diagnosis>, form: GoldenForm<Diagnosis>) throws {
        try form.expect(value, of: "doctor")
    }
}
