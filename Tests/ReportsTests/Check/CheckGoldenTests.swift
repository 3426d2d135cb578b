import AllocBisectCore
import Foundation
import Git
import Testing

@testable import Reports

@Suite("What a check prints is what its golden files say")
struct CheckGoldenTests {
    /// A second of 2026, which JUnit's stamp tells.
    private static let time = Date(timeIntervalSince1970: 1_767_225_600)
    private static let checks: [GoldenForm<Check>] = [
        .init("txt") { CheckText.text(of: $0, width: nil, style: Given.plain, command: search) },
        .init("80.txt") { CheckText.text(of: $0, width: 80, style: Given.plain, command: search) },
        .init("120.txt") { CheckText.text(of: $0, width: 120, style: Given.plain, command: search) },
        .init("ansi") { CheckText.text(of: $0, width: nil, style: Given.colored, command: search) },
        .init("md") { CheckMarkdown.text(of: $0, forge: Forge(remote: "git@github.com:example/demo.git")) },
        .init("json") { try CheckJSON.text(of: $0) },
        .init("junit.xml") { CheckJUnit.text(of: $0, time: time) },
        .init("github.txt") { CheckGitHub.text(of: $0) },
        .init("gitlab.json") { try CheckGitLab.text(of: $0) },
    ]
    private static let selfTests: [GoldenForm<SelfTest>] = [
        .init("txt") { SelfTestText.text(of: $0, style: Given.plain) },
        .init("ansi") { SelfTestText.text(of: $0, style: Given.colored) },
        .init("json") { try SelfTestJSON.text(of: $0) },
    ]

    /// A search of what failed, as the user would write it.
    private static func search(_ verdict: Verdict) -> String {
        "allocbisect \(verdict.good.short)..\(verdict.bad.short)"
    }

    @Test("in every form", arguments: Given.checks, checks)
    func check(value: GoldenValue<Check>, form: GoldenForm<Check>) throws {
        try form.expect(value, of: "check")
    }

    @Test("of its self-test as well", arguments: Given.selfTests, selfTests)
    func selfTest(value: GoldenValue<SelfTest>, form: GoldenForm<SelfTest>) throws {
        try form.expect(value, of: "self-test")
    }
}
