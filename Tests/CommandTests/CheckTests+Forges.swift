import Foundation
import Git
import TestSupport
import Testing

extension CheckTests {
    @Test("prints annotations for GitHub, and a summary of the step")
    func github() async throws {
        let history = try history()
        let summary = history.folder.path + "/summary.md"
        let outcome = try await run(
            history, "main~2..main", "--format", "github", policy: "metrics: [allocs/op]", summary: summary)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 3 && lines.last == "::notice::allocbisect check: 2 failed")
        #expect(lines.contains { $0.hasPrefix("::error file=m_test.go,line=5,title=example.com/m BenchmarkWork") })
        #expect(lines.contains { $0.hasPrefix("::error file=a%2Cb%3Ac%25_test.go,line=5,") && $0.contains("'%25,:|") })
        let markdown = try String(contentsOfFile: summary, encoding: .utf8)
        #expect(markdown.hasPrefix("### allocbisect check: failed"))
        #expect(markdown.contains("| failed | `example.com/m` | `BenchmarkWork` |"))
    }

    @Test("tells GitHub why it could not be done, with no folder of this machine")
    func githubWithoutResult() async throws {
        let history = try history()
        let summary = history.folder.path + "/summary.md"
        for (range, policy, words) in [
            ("nowhere..main", "metrics: [allocs/op]", "“nowhere” is unknown in …"),
            ("main~2..main", "metrics: [allocs]", ".allocbisect.yml:1:11: No benchmark reports 'allocs'"),
        ] {
            let outcome = try await run(history, range, "--format", "github", policy: policy, summary: summary)
            #expect(outcome.status != 0 && outcome.status != 1, "\(outcome.errors)")
            #expect(outcome.output.hasPrefix("::error title=allocbisect check::\(words)"), "\(outcome.output)")
            #expect(!outcome.output.contains(history.folder.path) && outcome.errors.contains("allocbisect: "))
        }
        let markdown = try String(contentsOfFile: summary, encoding: .utf8)
        #expect(markdown.hasPrefix("### allocbisect check: could not be done\n\n“nowhere” is unknown in …"))
        #expect(markdown.split(separator: "###").count == 2 && !markdown.contains(history.folder.path))
    }

    @Test("prints a code quality report for GitLab, empty when all is well")
    func gitlab() async throws {
        let history = try history()
        func report(_ range: String) async throws -> [[String: Any]] {
            let outcome = try await run(history, range, "--format", "gitlab", policy: "metrics: [allocs/op]")
            return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]] ?? [[:]]
        }
        let violations = try await report("main~2..main")
        #expect(violations.compactMap { $0["severity"] as? String } == ["major", "major"])
        #expect(Set(violations.compactMap { $0["fingerprint"] as? String }).count == 2)
        #expect(
            violations.compactMap { $0["check_name"] as? String } == ["allocbisect/allocs/op", "allocbisect/allocs/op"])
        let location = try #require(violations.last?["location"] as? [String: Any])
        #expect(location["path"] as? String == "m_test.go")
        #expect((location["lines"] as? [String: Int])?["begin"] == 5)
        #expect(try await report("main~2..main~1").isEmpty)
    }
}
