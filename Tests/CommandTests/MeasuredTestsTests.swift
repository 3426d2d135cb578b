import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect --tests", .tags(.go), .serialized)
struct MeasuredTestsTests {
    private static let pool = """
        package m

        var idle = map[int][]byte{}
        var calls int

        // Serve answers n requests.
        func Serve(n int) (answers int) {
        \tdone := make(chan bool)
        \tfor i := 0; i < n; i++ {
        \t\tgo func() { done <- true }()
        \t}
        \tfor i := 0; i < n; i++ {
        \t\t<-done
        \t\tanswers++
        \t}
        \treturn answers
        }

        // Keep keeps a buffer for later.
        func Keep() {
        \tidle[0] = make([]byte, 512)
        }

        """
    private static let tests = """
        package m

        import "testing"

        func TestServe(t *testing.T) {
        \tt.Run("few", func(t *testing.T) {
        \t\tt.Parallel()
        \t\tif Serve(3) != 3 {
        \t\t\tt.Fatal("not all were answered")
        \t\t}
        \t})
        \tt.Run("many", func(t *testing.T) {
        \t\tServe(5)
        \t})
        }

        func TestKeep(t *testing.T) { Keep() }

        func TestOnce(t *testing.T) {
        \tif calls++; calls > 1 {
        \t\tt.Fatal("it is there already")
        \t}
        }

        """

    /// A repository without a benchmark: one commit leaks a goroutine in `Serve`, a later one makes `Keep` grow.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        let (pool, tests) = (MeasuredTestsTests.pool, MeasuredTestsTests.tests)
        let leaking = pool.replacing("i := 0; i < n; i++ {\n\t\t<-done", with: "i := 1; i < n; i++ {\n\t\t<-done")
            .replacing("return answers", with: "return n")
        let growing = leaking.replacing("idle[0]", with: "calls++\n\tidle[calls]")
        try history.commit("0", ["m.go": pool, "m_test.go": tests])
        try history.commit("1", ["README.md": "1"])
        try history.commit("answer early", ["m.go": leaking])
        try history.commit("3", ["README.md": "3"])
        try history.commit("keep all", ["m.go": growing])
        try history.commit("5", ["README.md": "5"])
        return history
    }

    @Test("finds leaks in a repository without a benchmark", arguments: GoCommands.all)
    func find(go: String) async throws {
        let history = try history()
        let words = ["main~5..main", "--tests", "--format", "json", "--go", go]
        let outcome = try await Program.run(words, in: history.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let document = try outcome.json()
        let all = try #require(document["series"] as? [[String: Any]])
        var culprits: [String: [String]] = [:]
        for series in all where series["outcome"] as? String == "found" {
            let name = "\(series["benchmark"] ?? "") \(series["metric"] ?? "")"
            let found = (series["culprits"] as? [[String: Any]] ?? []).compactMap { $0["commit"] as? String }
            culprits[name] = found.compactMap(ObjectID.init).map(history.name)
        }
        #expect(culprits["TestServe goroutines/op"] == ["answer early"], "\(culprits)")
        #expect(culprits["TestKeep retained-objects/op"] == ["keep all"], "\(culprits)")
        let text = try await Program.run(["main~5..main", "--tests", "--go", go], in: history.path)
        #expect(text.output.contains("m.go:10"), "\(text.output)")
    }

    @Test("measures one sub-test by its exact name, and tells what runs only once")
    func record() async throws {
        let history = try history()
        let one = try await Program.run(["record", "--tests", "-b", "TestServe/many"], in: history.path)
        #expect(one.status == 0, "\(one.errors)")
        #expect(one.output.contains("TestServe/many") && !one.output.contains("TestKeep"))
        let all = try await Program.run(["record", "--tests"], in: history.path)
        #expect(
            all.output.contains(
                "TestOnce: the test does not run twice in one process: m_test.go:21: it is there already"),
            "\(all.output)")
        let table = try await Program.run(
            ["history", "--tests", "-p", ".", "-m", "goroutines/op", "--format", "benchmark"], in: history.path)
        #expect(table.output.contains("BenchmarkTestServe\t"), "\(table.output)")
    }

    @Test("exports and imports what it measured")
    func exchange() async throws {
        let history = try history()
        _ = try await Program.run(["record", "--tests"], in: history.path)
        let export = try await Program.run(["cache", "export"], in: history.path)
        try export.output.write(toFile: history.path + "/../all.txt", atomically: true, encoding: .utf8)
        let elsewhere = ["--cache", "../other.db"]
        let other = try await Program.run(["cache", "import", "../all.txt"] + elsewhere, in: history.path)
        #expect(other.status == 0, "\(other.errors)")
        let known = try await Program.run(
            ["history", "main~1..main", "--tests", "--cached", "--trust"] + elsewhere, in: history.path)
        #expect(known.output.contains("TestServe"), "\(known.output)")
    }

    @Test("is part of a policy")
    func policy() async throws {
        let history = try history()
        try history.commit("policy", [".allocbisect.yml": "functions: [tests]\nmetrics: [goroutines/op]\n"])
        try "functions: [tests]\nmetrics: [goroutines/op]\n".write(
            toFile: history.path + "/.allocbisect.yml", atomically: true, encoding: .utf8)
        let check = try await Program.run(["check", "main~6..main"], in: history.path)
        #expect(check.status == 1, "\(check.errors)")
        #expect(check.output.contains("TestServe"), "\(check.output)")
        try "functions: [examples]\n".write(
            toFile: history.path + "/.allocbisect.yml", atomically: true, encoding: .utf8)
        let wrong = try await Program.run(["check", "main~6..main"], in: history.path)
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains(".allocbisect.yml:1:13: 'examples' is not a kind of function."))
    }

    @Test("is proposed where there is no benchmark")
    func hint() async throws {
        let history = try history()
        let none = try await Program.run(["main~5..main"], in: history.path)
        #expect(none.status == 2)
        #expect(none.errors.contains("There are 3 tests, which --tests measures."), "\(none.errors)")
        let typo = try await Program.run(["main~5..main", "--tests", "-b", "TestSevre"], in: history.path)
        #expect(typo.errors.contains("No test at") && typo.errors.contains("Did you mean TestServe?"), "\(typo.errors)")
    }
}
