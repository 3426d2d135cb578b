import Benchmarks
import Git
import Testing

@testable import AllocBisectCore
@testable import Reports

@Suite("A verdict in every form")
struct FindFormatTests {
    private static func commit(_ number: Int) throws -> Commit {
        let author = Signature(name: "Ada", email: "a@example.com", time: 1_700_000_000 + Int64(number) * 86_400)
        return Commit(
            id: try #require(ObjectID(String(repeating: "\(number)", count: 40))), parents: [],
            tree: try #require(ObjectID(String(repeating: "0", count: 40))), author: author, committer: author,
            subject: "subject \(number)", message: "")
    }

    private static func series(
        _ name: String, _ outcome: SeriesOutcome, good: Double = 13.33, bad: Double = 30
    ) throws -> SeriesVerdict {
        SeriesVerdict(
            package: "example.com/m", directory: ".", benchmark: name,
            target: .init(package: ".", pattern: "^\(name)$"), metric: .allocations, good: good, bad: bad,
            threshold: try Threshold("+5%"), bound: Bound(.atLeast, good + 1), outcome: outcome, culprits: [],
            suspects: [], warnings: [])
    }

    private static func verdict(_ series: [SeriesVerdict]) throws -> Verdict {
        Verdict(
            good: try commit(1).id, bad: try commit(9).id, candidates: 8, interesting: 8, series: series, measured: 4,
            reused: 0, skipped: [], warnings: [])
    }

    private static func text(_ verdict: Verdict) -> String {
        FindText.text(of: verdict, command: "allocbisect a..b -p ./m", style: TextStyle(hasColor: false))
    }

    @Test("lists commits that cannot be told apart once, by both ends, with the bound that was used")
    func suspects() throws {
        let ids = try (2...7).map { try Self.commit($0).id }
        let all = try ["BenchmarkA", "BenchmarkB"].map { name in
            var series = try Self.series(name, .oneOf)
            series.suspects = ids
            series.suspectEnds = .init(first: try Self.commit(2), last: try Self.commit(7))
            return series
        }
        let verdict = try Self.verdict(all)
        let forms = [
            Self.text(verdict), FindMarkdown.text(of: verdict).replacing("\\", with: "").replacing("&gt;", with: ">"),
        ]
        for text in forms {
            #expect(text.lowercased().ranges(of: "one of 6 commits").count == 1, "\(text)")
            for part in ["2023-11-16", "subject 2", "2023-11-21", "subject 7"] {
                #expect(text.ranges(of: part).count == 1, "\(part) in \(text)")
            }
            #expect(text.contains("BenchmarkA") && text.contains("BenchmarkB") && !text.contains("subject 4"))
            #expect(text.ranges(of: "bad when >= 14.33 (+5% and at least +1)").count == 2, "\(text)")
        }
        let json = try FindJSON.text(of: verdict)
        #expect(json.contains("+5% and at least +1"))
    }

    @Test("suggests a bound that the series which came nearest to its own crosses, with the user's flags")
    func closer() throws {
        let near = try Self.series("BenchmarkNear", .notCrossed, good: 10, bad: 10.756)
        let far = try Self.series("BenchmarkFar", .notCrossed, good: 10, bad: 10.2)
        let text = Self.text(try Self.verdict([far, near]))
        #expect(text.hasSuffix("To look closer: allocbisect a..b -p ./m -t allocs/op=+0.75\n"), "\(text)")
        let flat = try Self.series("BenchmarkFlat", .notCrossed, good: 10, bad: 9)
        #expect(Self.text(try Self.verdict([flat])).hasSuffix("nothing crossed its threshold, and nothing rose\n"))
    }
}
