import AllocBisectCore
import Benchmarks
import Foundation
import Git
import Measuring
import TestSupport
import Testing

/// Runs `history` on histories that tests make.
enum Chronicling {
    @discardableResult
    static func run(
        _ history: GoHistory, _ range: String? = nil, count: Int? = nil, thresholds: [String] = [],
        recorder: Recorder = Recorder(), configure: (inout HistoryRequest) -> Void = { _ in }
    ) async throws -> History {
        var request = HistoryRequest(
            range: try range.map { try RevisionRange($0) }, count: count,
            thresholds: try ThresholdRules(thresholds))
        request.metrics = [.allocations]
        request.measuring.go = GoCommands.all.first
        request.measuring.iterations = 100
        configure(&request)
        return try await Engine(history.path, events: recorder.note).history(request)
    }
}

extension History {
    /// The subjects of the rows.
    fileprivate var subjects: [String] { rows.map(\.commit.subject) }
    /// The whole parts of the first series' values.
    fileprivate var values: [Int?] { rows.map { $0.cells.first?.value.map { Int($0) } } }
    /// The rounded changes of the first series.
    fileprivate var changes: [Int?] { rows.map { $0.cells.first?.change.map { Int($0.rounded()) } } }
    /// The subjects of the commits where the first series has a step.
    fileprivate var steps: [String] { rows.filter { $0.cells.first?.isStep == true }.map(\.commit.subject) }
}

@Suite("The history of a range", .tags(.go), .serialized)
struct HistoryTests {
    /// 1, 1 (documents only), 3, broken, 3, 2 allocations.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["README.md": "1"])
        try history.commit("2", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("3", ["broken.go": "package m\n\nfunc broken( {\n"])
        try history.commit("4", ["broken.go": nil])
        try history.commit("5", ["m.go": GoSource.work(allocations: 2)])
        return history
    }

    @Test("has a row for each commit, with values, changes, steps and reasons")
    func rows() async throws {
        let history = try history()
        let shown = try await Chronicling.run(history, "main~5..main")
        #expect(shown.subjects == ["1", "2", "3", "4", "5"])
        #expect(shown.values == [1, 3, nil, 3, 2])
        #expect(shown.changes == [0, 2, nil, 0, -1])
        #expect(shown.steps == ["2", "5"])
        #expect(shown.series.map(\.benchmark) == ["BenchmarkWork"] && shown.series[0].pair.long == 100)
        #expect(shown.rows[2].skipped?.hasPrefix("the test binary does not build") == true)
        #expect(shown.rows.count { $0.skipped != nil } == 1)
        #expect(try [shown.good, shown.bad] == [history.id("0"), history.id("5")])
        // 1 equals 0, and 4 equals 2.
        #expect(shown.measured == 4)
        #expect(shown.rows.filter { $0.cells[0].isShared }.map(\.commit.subject) == ["2"])

        let again = try await Chronicling.run(history, "main~5..main") { $0.cachedOnly = true }
        #expect(again.measured == 0)
        #expect(again.values == shown.values && again.steps == shown.steps)
        #expect(again.rows[2].skipped == shown.rows[2].skipped)
    }

    @Test("measures again what may be chance, until it can tell steps below a run's jitter from it")
    func repeats() async throws {
        let history = try GoHistory()
        for number in 0..<9 {
            var changes: [String: String?] = ["n.go": "package m\n\nconst N = \(number)\n"]
            if number == 0 { changes["m_test.go"] = GoSource.benchmark }
            if number % 4 == 0 { changes["m.go"] = GoSource.work(allocations: 2 + number / 4) }
            try history.commit("\(number)", changes)
        }
        func run(_ isCached: Bool = false) async throws -> History {
            try await Chronicling.run(history, count: 9) {
                ($0.metrics, $0.measuring.iterations, $0.cachedOnly) = ([.bytes], 100, isCached)
            }
        }
        // Of a hundred iterations, one stray lump makes as much as ten of these allocations.
        let shown = try await run()
        #expect(shown.steps == ["4", "8"])
        let repeats = shown.rows.map { $0.cells[0].repeats.count }
        #expect([3, 4, 7, 8].allSatisfy { repeats[$0] >= 5 } && repeats.contains(1), "\(repeats)")
        let again = try await run(true)
        #expect(again.steps == shown.steps && again.rows.map(\.cells) == shown.rows.map(\.cells))
    }

    @Test("shows only what is known when nothing may be measured")
    func cached() async throws {
        let history = try history()
        let none = try await Chronicling.run(history, "main~5..main") { $0.cachedOnly = true }
        #expect(none.measured == 0 && none.series.isEmpty)
        #expect(none.rows.map(\.skipped) == Array(repeating: "not measured yet", count: 5))
        _ = try await Chronicling.run(history, "main~4..main~3")
        let some = try await Chronicling.run(history, "main~5..main") { $0.cachedOnly = true }
        #expect(some.measured == 0)
        #expect(some.values == [1, 3, nil, 3, nil])
        #expect(some.rows[4].skipped == "not measured yet")
    }

    @Test("of a number of commits ends at HEAD, and may begin with the root")
    func count() async throws {
        let history = try history()
        let two = try await Chronicling.run(history, count: 2)
        #expect(two.subjects == ["4", "5"])
        #expect(two.changes == [nil, -1] && two.good == nil)
        let all = try await Chronicling.run(history, count: 50)
        #expect(all.subjects == ["0", "1", "2", "3", "4", "5"])
        #expect(all.changes.first == .some(nil))
        let newest = try await Chronicling.run(history, "main~4..main", count: 1)
        #expect(newest.subjects == ["5"] && newest.changes == [-1])
    }

    @Test("measures equal inputs once, however many commits are measured at a time", arguments: [1, 3])
    func classes(jobs: Int) async throws {
        let history = try GoHistory()
        for number in 0..<12 {
            var changes: [String: String?] = ["README.md": "\(number)"]
            if number == 0 { changes["m_test.go"] = GoSource.benchmark }
            if number % 6 == 0 { changes["m.go"] = GoSource.work(allocations: 1 + number) }
            try history.commit("\(number)", changes)
        }
        let shown = try await Chronicling.run(history, count: 12) {
            $0.measuring.jobs = jobs
            $0.spread = jobs == 3
        }
        #expect(shown.measured == 2)
        #expect(shown.steps == ["6"])
        let without = try await Chronicling.run(history, count: 3) {
            $0.usesInputClasses = false
            $0.measuring.cache = .none
        }
        #expect(without.measured == 4)
    }

    @Test("follows first parents, or shows merged branches as well, each compared along its own line")
    func merge() async throws {
        let history = try GoHistory()
        try history.commit("base", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("main 1", ["a.go": "package m\n\nconst A = 1\n"])
        try history.commit("side 1", on: ["base"], ["b.go": "package m\n\nconst B = 1\n"])
        try history.commit("side 2", ["m.go": GoSource.work(allocations: 3)])
        try history.commit(
            "merge", on: ["main 1", "side 2"],
            ["m.go": GoSource.work(allocations: 3), "b.go": "package m\n\nconst B = 1\n"])
        try history.commit("main 2", ["a.go": "package m\n\nconst A = 2\n"])
        let base = try history.id("base")
        let first = try await Chronicling.run(history, "\(base)..main")
        #expect(first.subjects == ["main 1", "merge", "main 2"])
        #expect(first.steps == ["merge"])
        let all = try await Chronicling.run(history, "\(base)..main") { $0.allParents = true }
        #expect(Set(all.subjects) == ["main 1", "side 1", "side 2", "merge", "main 2"])
        #expect(Set(all.steps) == ["side 2", "merge"])
        let fork = try #require(all.rows.first { $0.commit.subject == "side 1" })
        #expect(fork.cells[0].change.map { $0.magnitude < 0.5 } == true)
        let newest = try await Chronicling.run(history, count: 3) { $0.allParents = true }
        #expect(newest.subjects == ["side 2", "merge", "main 2"])
    }

    @Test("covers the range evenly when it is asked to, and goes from the newest commit on otherwise")
    func spread() async throws {
        let history = try GoHistory()
        for number in 0..<9 {
            try history.commit(
                "\(number)",
                ["m.go": GoSource.work(allocations: 1) + "// \(number)\n", "m_test.go": GoSource.benchmark])
        }
        let order = Recorder()
        _ = try await Chronicling.run(history, count: 9, recorder: order) { $0.spread = true }
        #expect(order.commits.map(history.name) == ["8", "0", "4", "2", "6", "1", "3", "5", "7"])
        let newest = Recorder()
        _ = try await Chronicling.run(history, count: 3, recorder: newest) { $0.measuring.cache = .none }
        #expect(newest.commits.map(history.name) == ["8", "7", "6", "5"])
    }

    @Test("shows what is known by then when it is interrupted")
    func interrupted() async throws {
        let history = try GoHistory()
        for number in 0..<9 {
            try history.commit(
                "\(number)",
                ["m.go": GoSource.work(allocations: 1) + "// \(number)\n", "m_test.go": GoSource.benchmark])
        }
        let order = Recorder(limit: 4)
        let work = Task {
            try await Chronicling.run(history, count: 9, recorder: order) { $0.spread = true }
        }
        await order.reached { work.cancel() }
        let shown = try await work.value
        #expect(shown.warnings.contains { $0.hasPrefix("interrupted: ") })
        #expect(shown.rows.contains { $0.skipped == "not measured yet" })
        #expect(shown.rows.last?.skipped == nil && shown.rows.first?.skipped == nil)
    }

    @Test("tells partly measured commits, and benchmarks that came later")
    func partly() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit(
            "1", ["o_test.go": GoSource.benchmark("BenchmarkOther", calling: "Work()")])
        let shown = try await Chronicling.run(history, count: 2)
        #expect(shown.series.map(\.benchmark) == ["BenchmarkOther", "BenchmarkWork"])
        #expect(shown.rows[0].skipped == nil)
        #expect(shown.rows[0].cells[0].reason?.hasPrefix("the benchmark does not exist") == true)
        #expect(shown.rows[1].cells.allSatisfy { $0.value != nil && $0.reason == nil })
        await #expect(throws: CoreError.self) {
            try await Chronicling.run(history, count: 2) { $0.selection.only = ["BenchmarkNone"] }
        }
        await #expect(throws: CoreError.self) { try await Chronicling.run(history, "main..main~1") }
    }
}
