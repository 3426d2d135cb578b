import AllocBisectCore
import Benchmarks
import Git
import Measuring
import TestSupport
import Testing

@Suite("Searching a range", .tags(.go), .serialized)
struct SessionTests {
    @Test("A culprit in a linear history is named, confirmed and remembered", arguments: GoCommands.all)
    func linear(go: String) async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 2), "m_test.go": GoSource.benchmark])
        for number in 1...15 {
            let source = GoSource.work(allocations: number < 11 ? 2 : 4)
            try history.commit("\(number)", ["m.go": source + "// Revision \(number).\n"])
        }
        let verdict = try await Searching.find(history, "0", "15", go: go)
        let series = try #require(verdict.series.first)
        #expect(verdict.culprits(history) == ["11"])
        #expect(series.outcome == .found)
        #expect(series.culprits[0].confirmed)
        #expect(series.culprits[0].before.map { ($0 - 2).magnitude < 0.1 } == true)
        #expect(series.culprits[0].after.map { ($0 - 4).magnitude < 0.1 } == true)
        #expect(series.benchmark == "BenchmarkWork")
        #expect(series.package == "example.com/m")
        #expect(verdict.candidates == 15)
        #expect(verdict.canDiffer == 15)
        // Both ends, and ceil(log2 15) steps.
        #expect(verdict.measured <= 6)

        let again = try await Searching.find(history, "0", "15", go: go)
        #expect(again.culprits(history) == ["11"])
        #expect(again.series[0].culprits[0].confirmed)
        #expect(again.measured == 0)
        #expect(again.reused > 0)
    }

    @Test("Inside a merged branch the commit is named, along first parents the merge")
    func merge() async throws {
        let history = try GoHistory()
        try history.commit("base", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("main 1", ["a.go": "package m\n\nconst A = 1\n"])
        try history.commit("side 1", on: ["base"], ["b.go": "package m\n\nconst B = 1\n"])
        try history.commit("side 2", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("side 3", ["b.go": "package m\n\nconst B = 2\n"])
        try history.commit(
            "merge", on: ["main 1", "side 3"],
            ["m.go": GoSource.work(allocations: 3), "b.go": "package m\n\nconst B = 2\n"])
        try history.commit("main 2", ["a.go": "package m\n\nconst A = 2\n"])

        let verdict = try await Searching.find(history, "base", "main 2") { $0.measuring.jobs = 2 }
        #expect(verdict.culprits(history) == ["side 2"])
        let firstParent = try await Searching.find(history, "base", "main 2") { $0.firstParent = true }
        #expect(firstParent.culprits(history) == ["merge"])
        #expect(firstParent.candidates == 3)
    }

    @Test("Commits that leave every input as it was cost nothing")
    func inputClasses() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        for number in 1...30 {
            var changes: [String: String?] = ["docs/notes.md": "Notes, revision \(number)\n", "README.md": "\(number)"]
            if number == 20 { changes["m.go"] = GoSource.work(allocations: 2) }
            try history.commit("\(number)", changes)
        }
        let verdict = try await Searching.find(history, "0", "30")
        #expect(verdict.culprits(history) == ["20"])
        #expect(verdict.canDiffer == 1)
        // The culprit and its parent are confirmed where they are.
        #expect(verdict.measured == 4)
        #expect(verdict.series[0].culprits[0].confirmed)

        let without = try await Searching.find(history, "0", "30") {
            $0.usesInputClasses = false
            $0.measuring.cache = .none
        }
        #expect(without.culprits(history) == ["20"])
        #expect(without.canDiffer == 30)
        #expect(without.measured > 2)
    }

    @Test("What cannot be measured apart is said to be one of several")
    func pocket() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["a.go": "package m\n\nconst A = 1\n"])
        try history.commit("2", ["broken.go": "package m\n\nfunc broken( {\n"])
        try history.commit("3", ["m.go": GoSource.work(allocations: 5)])
        try history.commit("4", ["broken.go": nil])
        try history.commit("5", ["a.go": "package m\n\nconst A = 2\n"])

        let verdict = try await Searching.find(history, "0", "5")
        let series = try #require(verdict.series.first)
        #expect(series.outcome == .oneOf)
        #expect(series.suspects.map(history.name) == ["2", "3", "4"])
        #expect(verdict.outcome == .oneOf)
        #expect(Set(verdict.skipped.map { history.name($0.commit) }) == ["2", "3"])
        #expect(verdict.skipped.allSatisfy { $0.reason.hasPrefix("the test binary does not build") })
    }

    @Test("A pocket away from the culprit does not keep it from being found")
    func pocketElsewhere() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        for number in 1...20 {
            var changes: [String: String?] = ["a.go": "package m\n\nconst A = \(number)\n"]
            if number == 8 { changes["broken.go"] = "package m\n\nfunc broken( {\n" }
            if number == 13 { changes["broken.go"] = .some(nil) }
            if number == 16 { changes["m.go"] = GoSource.work(allocations: 2) }
            try history.commit("\(number)", changes)
        }
        let verdict = try await Searching.find(history, "0", "20") { $0.measuring.jobs = 2 }
        #expect(verdict.culprits(history) == ["16"])
    }

    @Test("A history that goes up, down and up names the first crossing, and all on demand")
    func severalCrossings() async throws {
        let history = try GoHistory()
        let allocations = [1, 1, 3, 3, 1, 1, 1, 1, 3, 3]
        for (number, count) in allocations.enumerated() {
            var changes: [String: String?] = ["m.go": GoSource.work(allocations: count) + "// \(number)\n"]
            if number == 0 { changes["m_test.go"] = GoSource.benchmark }
            try history.commit("\(number)", changes)
        }
        let one = try await Searching.find(history, "0", "9")
        #expect([["2"], ["8"]].contains(one.culprits(history)))
        let all = try await Searching.find(history, "0", "9") { $0.wantsAll = true }
        #expect(all.culprits(history) == ["2", "8"])
        let areConfirmed = all.series[0].culprits.allSatisfy(\.confirmed)
        #expect(areConfirmed)
        // By now everything is known, so that the contradiction is seen as well.
        #expect(all.measured + all.reused >= 10)
    }

    @Test("Improvements, own units and several series are searched together")
    func severalSeries() async throws {
        let history = try GoHistory()
        func reporting(_ hits: Int) -> String {
            """
            package m

            import "testing"

            func BenchmarkHits(b *testing.B) {
            \tfor i := 0; i < b.N; i++ {
            \t\tWork()
            \t}
            \tb.ReportMetric(\(hits), "hits")
            }

            """
        }
        try history.commit("0", ["m.go": GoSource.work(allocations: 5), "m_test.go": reporting(90)])
        try history.commit("1", ["m.go": GoSource.work(allocations: 4)])
        try history.commit("2", ["m.go": GoSource.work(allocations: 2)])
        try history.commit("3", ["m_test.go": reporting(70)])
        try history.commit("4", ["m.go": GoSource.work(allocations: 1)])
        let verdict = try await Searching.find(
            history, "0", "4", thresholds: ["allocs/op=<3", "hits=-5%"]
        ) {
            $0.metrics = [.allocations, Metric("hits"), .bytes]
            $0.measuring.jobs = 2
        }
        let culprits = Dictionary(
            uniqueKeysWithValues: verdict.series.map { ($0.metric, $0.culprits.map(\.commit.id)) })
        #expect(culprits[.allocations]?.map(history.name) == ["2"])
        #expect(culprits[Metric("hits")]?.map(history.name) == ["3"])
        #expect(verdict.series.first { $0.metric == .bytes }?.outcome == .notCrossed)
    }

    @Test("Goroutines and retained objects that stay behind are found", arguments: GoCommands.all)
    func growth(go: String) async throws {
        let history = try GoHistory()
        let head = "package m\n\nvar kept = map[int]*[32]byte{}\n\n"
        let clean = "func Work(i int) { ch := make(chan int, 1); go func() { ch <- i }(); <-ch }\n"
        let leaking = "func Work(i int) { ch := make(chan int); go func() { ch <- i }() }\n"
        let keeping =
            "func Work(i int) { kept[len(kept)] = new([32]byte); ch := make(chan int); go func() { ch <- i }() }\n"
        try history.commit("0", ["m.go": head + clean, "m_test.go": GoSource.benchmark(calling: "Work(i)")])
        for number in 1...6 {
            let source = number < 3 ? clean : number < 5 ? leaking : keeping
            try history.commit("\(number)", ["m.go": head + source + "// \(number)\n"])
        }
        let verdict = try await Searching.find(history, "0", "6", go: go) {
            $0.metrics = [.goroutines, .retainedObjects]
            $0.measuring.jobs = 2
        }
        let byMetric = Dictionary(uniqueKeysWithValues: verdict.series.map { ($0.metric, $0) })
        let goroutines = try #require(byMetric[.goroutines])
        #expect(goroutines.culprits.map { history.name($0.commit.id) } == ["3"])
        #expect(goroutines.culprits.first?.after.map { ($0 - 1).magnitude < 0.05 } == true)
        // A blocked goroutine keeps its channel, so that objects stay from the same commit on, and the map adds some.
        #expect(byMetric[.retainedObjects]?.culprits.map { history.name($0.commit.id) } == ["3", "5"])
    }
}
