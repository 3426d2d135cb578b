import Foundation
import TestSupport
import Testing

@Suite("The post-merge hook", .tags(.go))
struct HookTests {
    private static let hook = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Hooks/post-merge").standardized.path

    @Test("records the merged commit in the background")
    func records() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.checkout()
        try await git(history, "branch before")
        try history.commit("1", ["m.go": GoSource.work(allocations: 2)])
        try await git(history, "checkout -q -f before")
        let hooks = URL(filePath: HookTests.hook).deletingLastPathComponent().path
        try await git(history, "config core.hooksPath '\(hooks)'")
        try await git(history, "merge -q main")
        let cache = history.path + "/.git/allocbisect/measurements.sqlite"
        for _ in 0..<120 {
            let counts = try await Program.run(["doctor"], in: history.path).output
            if FileManager.default.fileExists(atPath: cache), counts.contains("1 measurements") { return }
            try await Task.sleep(for: .milliseconds(500))
        }
        Issue.record("nothing was recorded within a minute")
    }

    @Test("is silent when the program is not at hand")
    func absent() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": "package m\n"])
        var environment = Program.environment
        environment["PATH"] = "/usr/bin:/bin"
        let outcome = try await Program.shell("sh '\(HookTests.hook)'", in: history.path, environment: environment)
        #expect(outcome.status == 0)
        #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
    }

    private func git(_ history: GoHistory, _ words: String) async throws {
        let outcome = try await Program.shell("git \(words)", in: history.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
