import AllocBisectCore
import Benchmarks
import Measuring
import TestSupport
import Testing

@Suite("Leads", .tags(.go), .serialized)
struct LeadTests {
    @Test("The commit that wrote the line which costs more is tried first", arguments: GoCommands.all)
    func line(go: String) async throws {
        let history = try LeadTests.history(culprit: 9) { number in
            // The functions move to another file in between, and a line is written again.
            number < 20 ? "a.go" : "b.go"
        }
        let verdict = try await Searching.find(history, "0", "40", go: go)
        #expect(verdict.culprits(history) == ["9"])
        #expect(verdict.series[0].culprits[0].confirmed)
        // Both ends, the culprit and its parent; halving 40 commits would take more.
        #expect(verdict.measured == 4)

        let again = try await Searching.find(history, "0", "40", go: go) { $0.measuring.jobs = 2 }
        #expect(again.culprits(history) == ["9"])
        #expect(again.measured == 0)
        let several = try await Searching.find(history, "0", "40", go: go) {
            ($0.measuring.jobs, $0.measuring.cache) = (2, .none)
        }
        #expect(several.culprits(history) == ["9"])
        // A third one may be begun beside the two where that was seen to cost nothing.
        #expect((4...5).contains(several.measured))
    }

    @Test("What went the other way later, and what tests allocate to get ready, is not taken for the crossing")
    func otherWay() async throws {
        let history = try GoHistory()
        for number in 0...40 {
            let lines = [
                number < 9 ? "\tsink = make([]byte, 100)\n\tsink = make([]byte, 200)\n" : "",
                number < 25 ? "" : "\tsink = make([]byte, 300)\n",
            ]
            let work = """
                package m

                var sink any

                // Work is revision \(number).
                func Work() {
                \tsink = new([4]int64)
                \tsink = new([5]int64)
                \(lines.joined())}

                """
            let ready = "\tfor i := 0; i < b.N; i++ {\n\t\tsink = make([]byte, 400)\n\t}\n\tb.ResetTimer()\n"
            let test = """
                package m

                import "testing"

                func BenchmarkWork(b *testing.B) {
                \tb.ReportAllocs()
                \(number < 30 ? "" : ready)\tfor i := 0; i < b.N; i++ {
                \t\tWork()
                \t}
                }

                """
            try history.commit("\(number)", ["m.go": work, "m_test.go": test])
        }
        // 6 allocations, then 2, then 4: 9 crosses the bound, however much 25 changed, and 30 did not.
        let verdict = try await Searching.find(history, "0", "40", thresholds: ["<4.5"])
        #expect(verdict.culprits(history) == ["9"])
        #expect(verdict.measured == 4)
    }

    @Test("A lead that is wrong changes no answer")
    func wrong() async throws {
        let history = try GoHistory()
        try history.commit(
            "0", ["m_test.go": GoSource.benchmark, "m.go": LeadTests.looping, "n.go": LeadTests.rounds(1)])
        for number in 1...30 {
            var files: [String: String?] = [
                "n.go": LeadTests.rounds(number < 23 ? 1 : 3) + "\n// Revision \(number).\n"
            ]
            // The line that costs more is written here, and costs more only later.
            if number == 7 { files["m.go"] = LeadTests.looping.replacing("new(int64)", with: "new(uint64)") }
            try history.commit("\(number)", files)
        }
        let recorder = Recorder()
        let verdict = try await Searching.find(
            history, "0", "30", configure: { $0.measuring.jobs = 2 }, events: recorder.note)
        #expect(verdict.culprits(history) == ["23"])
        // It was followed: halving alone never comes near it.
        let measured = recorder.commits.map(history.name)
        #expect(measured.prefix(4).contains("7"), "\(measured)")
    }

    /// Forty commits in which another function's lines change, and one that begins to allocate.
    private static func history(culprit: Int, file: (Int) -> String) throws -> GoHistory {
        let history = try GoHistory()
        let benchmark = GoSource.benchmark
        for number in 0...40 {
            let work = """
                package m

                var sink any

                // Work is revision \(number).
                func Work() {
                \t\(number < 30 ? "sink = new([4]int64)" : "sink = new([4]uint64)")
                \(number < culprit ? "" : "\tsink = make([]byte, 100)\n\tsink = make([]byte, 200)\n")}

                """
            var files: [String: String?] = ["m_test.go": benchmark, "a.go": nil, "b.go": nil]
            files[file(number)] = work
            try history.commit("\(number)", files)
        }
        return history
    }

    private static let looping = """
        package m

        var sink any

        func Work() {
        \tfor i := 0; i < rounds; i++ {
        \t\tsink = new(int64)
        \t}
        }

        """

    private static func rounds(_ count: Int) -> String { "package m\n\nvar rounds = \(count)\n" }
}
