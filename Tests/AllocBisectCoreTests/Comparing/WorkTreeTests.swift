import AllocBisectCore
import Benchmarks
import Explaining
import Foundation
import Git
import Measuring
import Policy
import TestSupport
import Testing

@Suite("The work tree is measured as a commit is", .tags(.go), .serialized)
struct WorkTreeTests {
    /// A module in a folder, checked out.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit(
            "0",
            [
                "go.mod": nil, "mod/go.mod": "module example.com/m\n\ngo 1.19\n",
                "mod/m.go": GoSource.work(allocations: 2), "mod/m_test.go": GoSource.benchmark,
                "mod/other/o.go": GoSource.work(allocations: 1), "mod/other/o_test.go": GoSource.benchmark,
            ])
        try history.checkout()
        return history
    }

    private func write(_ text: String, _ path: String, _ history: GoHistory) throws {
        try text.write(toFile: history.path + "/" + path, atomically: true, encoding: .utf8)
    }

    private func compare(
        _ history: GoHistory, _ before: String? = nil, _ after: String? = nil, go: String? = GoCommands.all.first,
        configure: (inout CompareRequest) -> Void = { _ in }
    ) async throws -> ComparedCommits {
        var request = CompareRequest(before: before, after: after, thresholds: try ThresholdRules([]))
        request.metrics = [.allocations]
        request.measuring.go = go
        request.measuring.iterations = 100
        configure(&request)
        let state = try #require(RepositoryState(around: history.path))
        let compared = try await Engine(history.path + "/mod").compare(request)
        #expect(try #require(RepositoryState(around: history.path)).changes(since: state) == [])
        return compared
    }

    @Test("What is changed is measured and explained in its own lines, and once", arguments: GoCommands.all)
    func changed(go: String) async throws {
        let history = try history()
        // Two lines further down than at HEAD, by way of a file that git does not know.
        let work = GoSource.work(allocations: 2).replacing("sink = sink[:0]", with: "more()")
        try write("// One\n// Two\n" + work, "mod/m.go", history)
        let more = """
            package m

            func more() {
            \tsink = append(sink[:0], new([64]byte), new([64]byte))
            }

            """
        try write(more, "mod/more.go", history)
        let compared = try await compare(history, go: go)
        #expect(compared.after.changed == ["mod/m.go", "mod/more.go"] && compared.after.name == "the work tree")
        let series = compared.verdict.series
        let worse = try #require(series.first { $0.judgement == .worse })
        #expect(worse.directory == "mod" && ((worse.bad ?? 0) - 4).magnitude < 0.2)
        #expect(series.first { $0.directory == "mod/other" }?.judgement == .same)
        let explanation = try #require(worse.culprits.first?.explanation)
        #expect(explanation.kind == .code)
        #expect(explanation.sites.first?.file == "mod/more.go" && explanation.sites.first?.line == 4)
        let lines = explanation.hunks.flatMap(\.lines)
        #expect(lines.contains { $0.mark == "+" && $0.text == "// One" && $0.number == 1 })

        let again = try await compare(history, go: go)
        #expect(again.verdict.measured == 0)
        #expect(again.verdict.series.first { $0.judgement == .worse }?.culprits.first?.explanation == explanation)
    }

    @Test("A commit made of it later is known already, whatever line ends git takes out", arguments: [false, true])
    func committedLater(hasReturns: Bool) async throws {
        let history = try history()
        let work = GoSource.work(allocations: 1)
        if hasReturns {
            let path = history.path + "/.git/config"
            let settings = try String(contentsOfFile: path, encoding: .utf8) + "[core]\n\tautocrlf = true\n"
            try settings.write(toFile: path, atomically: true, encoding: .utf8)
        }
        try write(hasReturns ? work.replacing("\n", with: "\r\n") : work, "mod/m.go", history)
        #expect(try await compare(history).verdict.series.contains { $0.judgement == .better })
        try history.commit("later", ["mod/m.go": work, "README.md": "What the work tree did not have.\n"])
        let compared = try await compare(history, "main~1", "main")
        #expect(compared.after.changed == nil && compared.verdict.measured == 0)
        #expect(compared.verdict.series.contains { $0.judgement == .better })
    }

    @Test("What does not build is reported as the work tree's fault")
    func broken() async throws {
        let history = try history()
        try write("package m\n\nfunc Work() { undefined() }\n", "mod/m.go", history)
        let compared = try await compare(history) { $0.selection.packages = ["."] }
        let series = try #require(compared.verdict.series.first)
        #expect(series.judgement == .unknown)
        let reason = try #require(series.warnings.first)
        #expect(reason.hasPrefix("no value at the work tree") && reason.contains("undefined"), "\(reason)")
    }

    @Test("Nothing changed is said, and so is that there is no commit to compare with")
    func nothing() async throws {
        let history = try history()
        let error = await #expect(throws: CoreError.self) { try await compare(history) }
        #expect(error?.description.contains("no changes") == true)
        let empty = try GoHistory()
        try FileManager.default.createDirectory(atPath: empty.path + "/mod", withIntermediateDirectories: true)
        let unborn = await #expect(throws: GitError.self) { try await compare(empty) }
        #expect(unborn?.code == .unbornHead)
    }

    @Test("A check of the work tree judges what is changed in it on top of HEAD")
    func checked() async throws {
        let history = try history()
        try history.commit("1", ["README.md": "1"])
        try history.checkout()
        try write(GoSource.work(allocations: 4), "mod/m.go", history)
        func check(_ range: String, workTree: Bool = true) async throws -> Check {
            var request = CheckRequest(
                range: try RevisionRange(range), policy: try Policy(yaml: "metrics: [allocs/op]\npackages: [./mod]\n"),
                today: Day("2026-01-01")!)
            request.includesWorkTree = workTree
            request.wantsSearch = true
            request.measuring.go = GoCommands.all.first
            request.measuring.iterations = 100
            return try await Engine(history.path).check(request)
        }
        let dirty = try await check("main~1..")
        #expect(!dirty.hasPassed && dirty.isOfWorkTree)
        #expect(dirty.series.first?.place?.path == "mod/m_test.go")
        let culprit = try #require(dirty.searches.first?.series.first?.culprits.first)
        #expect(try culprit.commit.isSnapshot && culprit.parent == history.id("1"))
        #expect(culprit.explanation?.kind == .code && dirty.series.first?.costliest?.path == "mod/m.go")
        let clean = try await check("main~1..", workTree: false)
        #expect(clean.hasPassed && !clean.isOfWorkTree)
        // The policy can only be applied to changes on top of HEAD.
        let error = await #expect(throws: CoreError.self) { try await check("main~1..main~1") }
        #expect(error?.description.contains("--work-tree") == true)
    }
}
