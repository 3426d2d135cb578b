import AllocBisectCore
import Benchmarks
import Foundation
import Git
import TestSupport
import Testing

@Suite("What need not be measured at the ends, and what there is no time for", .tags(.go), .serialized)
struct UnchangedTests {
    /// Packages `a` and `b`; the benchmark of `b` allocates as often as a file outside its folder has bytes.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        let sized = GoSource.benchmark(calling: "Work()")
            .replacing("import \"testing\"", with: "import (\n\t\"os\"\n\t\"testing\"\n)")
            .replacing("for i", with: "data, _ := os.ReadFile(\"../data/size\")\n\tfor i")
            .replacing("Work()", with: "for range data {\n\t\t\tWork()\n\t\t}")
        try history.commit(
            "0",
            [
                "a/m.go": GoSource.work(allocations: 1), "a/m_test.go": GoSource.benchmark,
                "b/m.go": GoSource.work(allocations: 1), "b/m_test.go": sized, "data/size": "x",
            ])
        try history.commit("1", ["README": "one\n"])
        try history.commit("2", ["a/m.go": GoSource.work(allocations: 4)])
        try history.commit("3", ["README": "three\n"])
        return history
    }

    private func series(_ verdict: Verdict, _ package: String) throws -> SeriesVerdict {
        try #require(verdict.series.first { $0.directory == package })
    }

    @Test("A package in which nothing differs is not measured, and has not crossed")
    func unchanged() async throws {
        let history = try history()
        let verdict = try await Searching.find(history, "0", "3")
        #expect(try series(verdict, "a").culprits.map { history.name($0.commit.id) } == ["2"])
        let other = try series(verdict, "b")
        #expect(other.isUnchanged && other.outcome == .notCrossed && other.good == nil && other.bad == nil)
        // The same again rests on what was seen to be read.
        let again = try await Searching.find(history, "0", "3")
        #expect(try series(again, "b").isUnchanged)
        #expect(again.measured == 0)
    }

    @Test("A package whose benchmark reads a file elsewhere that differs is measured")
    func readsElsewhere() async throws {
        let history = try history()
        try history.commit("4", ["data/size": "xxx"])
        let verdict = try await Searching.find(history, "0", "4")
        #expect(try series(verdict, "b").culprits.map { history.name($0.commit.id) } == ["4"])
    }

    @Test("Where values count by themselves, or nothing is to be taken over, all packages are measured")
    func measuredAllTheSame() async throws {
        let absolute = try await Searching.find(try history(), "0", "3", thresholds: [">2"])
        #expect(try series(absolute, "b").good == 1)
        let alone = try await Searching.find(try history(), "0", "3") { $0.usesInputClasses = false }
        #expect(try series(alone, "b").good == 1)
    }

    @Test("A budget that is over leaves out what it was not enough for, and says so")
    func budget() async throws {
        let history = try history()
        let none = try await Searching.find(history, "0", "3") { $0.budget = .nanoseconds(1) }
        #expect(Set(none.leftOut.map(\.package)) == ["a", "b"])
        #expect(none.series.isEmpty && none.outcome == .inconclusive)
        let all = try await Searching.find(history, "0", "3") { $0.budget = .seconds(600) }
        #expect(all.leftOut.isEmpty && all.outcome == .found)
    }
}
