import AllocBisectCore
import Benchmarks
import Explaining
import Foundation
import Git
import TestSupport
import Testing

@Suite("Explaining a culprit", .tags(.go), .serialized)
struct ExplanationTests {
    @Test("What was explained once is recalled, without a run")
    func recalled() async throws {
        let history = try Scenario.allocations[0].history()
        let first = try await Searching.find(history, "good", "after")
        let profiles = try #require(first.series.first?.culprits.first?.explanation?.profiles)
        #expect(FileManager.default.fileExists(atPath: profiles.before))
        let written = try FileManager.default.attributesOfItem(atPath: profiles.after)[.modificationDate] as? Date
        let again = try await Searching.find(history, "good", "after")
        #expect(again.series.first?.culprits.first?.explanation == first.series.first?.culprits.first?.explanation)
        let kept = try FileManager.default.attributesOfItem(atPath: profiles.after)[.modificationDate] as? Date
        #expect(kept == written)
    }

    @Test("Nothing is explained when that is not wanted")
    func unexplained() async throws {
        let history = try Scenario.allocations[0].history()
        let verdict = try await Searching.find(history, "good", "after") { $0.wantsExplanations = false }
        #expect(verdict.culprits(history) == ["culprit"])
        #expect(verdict.series.first?.culprits.first?.explanation == nil)
    }

    @Test("Allocations that grow with b.N are shown at growing iteration counts")
    func scaling() async throws {
        let source = """
            package m

            var all []*[64]byte

            func Work() {
            \tall = append(all, nil)
            \tfor i := range all {
            \t\tall[i] = new([64]byte)
            \t}
            }

            """
        let history = try GoHistory()
        try history.commit("good", ["m.go": GoSource.work(allocations: 2), "m_test.go": GoSource.benchmark])
        try history.commit("culprit", ["m.go": source])
        let verdict = try await Searching.find(history, "good", "culprit")
        let explanation = try #require(verdict.series.first?.culprits.first?.explanation)
        #expect(explanation.scaling.map(\.n).starts(with: [1, 10, 100, 1000]))
        // The mean of 1 … N, after one iteration that Go runs first.
        #expect(explanation.scaling.prefix(3).allSatisfy { ($0.value - Double($0.n + 3) / 2).magnitude < 6 })
        #expect(explanation.sites.first?.line == 8)
    }

    @Test("Taken back on the bad end, the value comes back, or it is said why that cannot be tried")
    func proof() async throws {
        let history = try GoHistory()
        try history.commit("good", ["m.go": GoSource.work(allocations: 2), "m_test.go": GoSource.benchmark])
        try history.commit("culprit", ["m.go": GoSource.work(allocations: 9)])
        try history.commit("on", ["a.go": "package m\n\nconst A = 1\n"])
        try history.commit("conflict", ["m.go": GoSource.work(allocations: 12)])
        func proof(_ bad: String) async throws -> Explanation.Proof? {
            try await Searching.find(history, "good", bad) { $0.wantsProof = true }
                .series.first?.culprits.first?.explanation?.proof
        }
        guard case .reverted(let with, let without, []) = try await proof("on") else {
            Issue.record("no proof")
            return
        }
        #expect((with - 9).magnitude < 0.2)
        #expect((without - 2).magnitude < 0.2)
        guard case .notPossible(let reason) = try await proof("conflict") else {
            Issue.record("a proof in spite of a conflict")
            return
        }
        #expect(reason.contains("m.go"))
    }

    @Test("Taken back, tests that do not declare the benchmark are left out where they need what is gone")
    func proofWithoutOtherTests() async throws {
        let history = try GoHistory()
        try history.commit(
            "good", ["m.go": GoSource.work(allocations: 2), "m_test.go": GoSource.benchmark, "s/s.txt": ""])
        try history.commit(
            "culprit",
            [
                "m.go": GoSource.work(allocations: 9), "new.go": "package m\n\nfunc New() int { return 1 }\n",
            ])
        try history.commit(
            "tests",
            [
                "new_test.go": "package m\n\nimport \"testing\"\n\nfunc TestNew(t *testing.T) { New() }\n",
                "other_test.go": "package m\n\nimport \"testing\"\n\nfunc TestOther(t *testing.T) {}\n",
            ])
        let verdict = try await Searching.find(history, "good", "tests") { $0.wantsProof = true }
        let proof = try #require(verdict.series.first?.culprits.first?.explanation?.proof)
        guard case .reverted(let with, let without, let leftOut) = proof else {
            Issue.record("no proof: \(proof)")
            return
        }
        #expect((with - 9).magnitude < 0.2 && (without - 2).magnitude < 0.2)
        #expect(leftOut == ["new_test.go"])
    }

    @Test("Where only test files cost more, the code is not the cause")
    func ofTests() async throws {
        let history = try GoHistory()
        let test = """
            package m

            import "testing"

            var sink []byte

            func BenchmarkWork(b *testing.B) {
            \tfor i := 0; i < b.N; i++ {
            \t\tfor j := 0; j < Count; j++ {
            \t\t\tsink = make([]byte, 64)
            \t\t}
            \t}
            }

            """
        try history.commit("good", ["m.go": "package m\n\nconst Count = 2\n", "m_test.go": test])
        try history.commit("culprit", ["m.go": "package m\n\nconst Count = 9\n"])
        let verdict = try await Searching.find(history, "good", "culprit")
        let explanation = try #require(verdict.series.first?.culprits.first?.explanation)
        #expect(explanation.kind == .unknown, "\(explanation.reason)")
        #expect((explanation.share ?? 0) > 0.99)
    }

    @Test("Small objects that share blocks are attributed with the bytes that Go counts")
    func smallObjects() async throws {
        func source(_ count: Int) -> String {
            """
            package m

            var sink [16]any

            func Work() {
            \tfor i := 0; i < \(count); i++ {
            \t\tsink[i] = float64(i) + 0.5
            \t}
            }

            """
        }
        let history = try GoHistory()
        try history.commit("good", ["m.go": source(2), "m_test.go": GoSource.benchmark])
        try history.commit("culprit", ["m.go": source(14)])
        let verdict = try await Searching.find(history, "good", "culprit") { $0.metrics = [.bytes] }
        let explanation = try #require(verdict.series.first?.culprits.first?.explanation)
        let site = try #require(explanation.sites.first)
        #expect(site.allocsPerOp.difference == 12 && (site.bytesPerOp.difference - 96).magnitude < 2, "\(site)")
        #expect((explanation.share ?? 0) > 0.98 && (explanation.share ?? 2) < 1.02)
        #expect(explanation.warnings.isEmpty, "\(explanation.warnings)")
    }

    @Test("A merge is compared with each of its parents")
    func merge() async throws {
        let history = try GoHistory()
        try history.commit("base", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("side", ["m.go": GoSource.work(allocations: 5)])
        try history.commit("main", on: ["base"], ["a.go": "package m\n\nconst A = 1\n"])
        try history.commit("merge", on: ["main", "side"], ["m.go": GoSource.work(allocations: 5)])
        let verdict = try await Searching.find(history, "base", "merge") { $0.firstParent = true }
        #expect(verdict.culprits(history) == ["merge"])
        let comparison = try await Comparing.run(history, history.id("merge").description)
        let parents = try #require(comparison.series.first?.explanation?.parents)
        #expect(parents.map(\.commit) == [try history.id("main").description, try history.id("side").description])
        #expect(parents.map(\.agrees) == [false, true])
    }

    @Test("A part of the difference that comes from the tests is reported")
    func partly() async throws {
        let history = try GoHistory()
        try history.commit("good", ["m.go": GoSource.work(allocations: 2), "m_test.go": GoSource.benchmark])
        let twice = GoSource.benchmark(calling: "Work()\n\t\tWork()")
        try history.commit("culprit", ["m.go": GoSource.work(allocations: 6), "m_test.go": twice])
        let verdict = try await Searching.find(history, "good", "culprit")
        let explanation = try #require(verdict.series.first?.culprits.first?.explanation)
        // 2 became 12, and 6 with the old benchmark.
        #expect(explanation.kind == .code)
        #expect(explanation.warnings.contains { $0.contains("part of it comes from the test files") })
    }
}
