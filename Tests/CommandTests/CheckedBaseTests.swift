import Foundation
import TestSupport
import Testing

@Suite("allocbisect check with a base that cannot be measured", .tags(.go), .serialized)
struct CheckedBaseTests {
    /// The base does not build because of a file with a hostile name; head has three allocations.
    private func check(_ format: String, bound: String) async throws -> Program.Outcome {
        let history = try GoHistory()
        let files = ["m.go": GoSource.work(allocations: 3), "m_test.go": GoSource.benchmark]
        let hostile = "<a&b>|%.go"
        try history.commit("base", files.merging([hostile: "package m\n\nfunc broken( {\n"]) { $1 })
        try history.commit("head", [hostile: nil])
        try FileManager.default.createDirectory(atPath: history.path, withIntermediateDirectories: true)
        let policy = "metrics: [allocs/op]\nthresholds: [{threshold: '\(bound)'}]"
        try policy.write(toFile: history.path + "/.allocbisect.yml", atomically: true, encoding: .utf8)
        return try await Program.run(["check", "main~1..main", "--format", format], in: history.path)
    }

    private static let reason = "the base could not be measured: the test binary does not build"

    @Test("tells text and markdown readers what passed by head alone, and what did not")
    func prose() async throws {
        for (bound, word, status) in [(">4", "passed", Int32(0)), (">2", "failed", 1)] {
            let text = try await check("text", bound: bound)
            #expect(text.status == status && text.output.contains("\n\(word):"))
            #expect(text.output.contains("\nexample.com/m\n    BenchmarkWork  none → 3\n"))
            #expect(
                text.output.contains(
                    "        allocs/op: \(CheckedBaseTests.reason): package example.com/m: invalid input file name \"<a&b>|%.go\""
                )
            )
            let markdown = try await check("markdown", bound: bound).output
            #expect(markdown.contains("| \(word) | `example.com/m` | `BenchmarkWork` | allocs/op | none | 3 |"))
            #expect(markdown.contains("the base could not be measured\\: the test binary"))
            #expect(!markdown.contains("<a&b>"))
            #expect(!text.output.contains("new") && !markdown.contains("| new |"))
        }
    }

    @Test("tells JSON readers why")
    func json() async throws {
        for (bound, state) in [(">4", "passed"), (">2", "failed")] {
            let document = try await check("json", bound: bound).json()
            let series = try #require((document["series"] as? [[String: Any]])?.first)
            #expect(series["state"] as? String == state && series["before"] is NSNull && series["reason"] is NSNull)
            #expect((series["baseFailure"] as? String)?.hasSuffix("\"<a&b>|%.go\"") == true)
        }
    }

    @Test("notes it for GitHub and GitLab, or tells it with what failed")
    func forges() async throws {
        for (bound, command, severity) in [(">4", "notice", "info"), (">2", "error", "major")] {
            let github = try await check("github", bound: bound).output
            #expect(github.hasPrefix("::\(command) file=m_test.go,line=5,title=example.com/m BenchmarkWork"))
            #expect(github.contains(CheckedBaseTests.reason) && github.contains("\"<a&b>|%25.go\""))
            let gitlab = try await check("gitlab", bound: bound).output
            let issues = try JSONSerialization.jsonObject(with: Data(gitlab.utf8)) as? [[String: Any]]
            let issue = try #require(issues?.first)
            #expect(issues?.count == 1 && issue["severity"] as? String == severity)
            #expect((issue["description"] as? String)?.contains(CheckedBaseTests.reason) == true)
        }
    }

    @Test("is a passed case with a note in JUnit XML, or a failed one")
    func junit() async throws {
        let passed = try await check("junit", bound: ">4").output
        #expect(passed.contains("<system-out>note: BenchmarkWork: none → 3") && !passed.contains("<skipped"))
        let failed = try await check("junit", bound: ">2").output
        #expect(failed.contains("<failure ") && failed.contains("<system-out></system-out>"))
        for text in [passed, failed] {
            #expect(text.contains(CheckedBaseTests.reason) && text.contains("&quot;&lt;a&amp;b&gt;|%.go&quot;"))
            try await expectValid(text)
        }
    }

    private func expectValid(_ text: String) async throws {
        guard Tool.isInstalled("xmllint") else { return }
        let folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-junit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [("junit.xsd", JUnitSchema.text), ("junit.xml", text)] {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        let line = "xmllint --noout --nonet --schema junit.xsd junit.xml"
        let outcome = try await Program.shell(line, in: folder.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
