import Benchmarks
import Git

@testable import AllocBisectCore

extension Given {
    /// What a comparison of two commits, or of one and the work tree, may say.
    static let compared: [GoldenValue<ComparedCommits>] = [
        .init("usual") {
            let changed = ["book/book.go", "book/levels.go"]
            return ComparedCommits(
                before: .init(commit: commit(1)), after: .init(commit: commit(9), changed: changed),
                verdict: verdict(try judged))
        },
        .init("commits") {
            ComparedCommits(
                before: .init(commit: commit(1)), after: .init(commit: commit(9, "book: pool the levels")),
                verdict: verdict(try timed))
        },
        .init("alike") {
            let names = ["Walk"] + (1...7).map { "Like\($0)" }
            var series = try names.map { name in
                var series = try value(name, 1, 252.01, .found)
                series.culprits = [culprit(commit(9), explanation)]
                return series
            }
            // Of these there is more to say.
            series[2].culprits[0].confirmed = false
            series[3].warnings = ["its repeats vary by 12 %"]
            return ComparedCommits(
                before: .init(commit: commit(1)), after: .init(commit: commit(9)), verdict: verdict(series))
        },
        .init("equal") {
            var verdict = Given.verdict(try ["Walk", "Depth"].map { try value($0, 3, 3) })
            verdict.warnings = []
            return ComparedCommits(
                before: .init(commit: commit(1)), after: .init(commit: commit(9), changed: ["README.md"]),
                verdict: verdict)
        },
        .init("hostile") {
            ComparedCommits(
                before: .init(commit: hostileCommit(1)), after: .init(commit: hostileCommit(9)),
                verdict: try hostileVerdict)
        },
    ]

    /// A series of each judgement, in two packages.
    private static var judged: [SeriesVerdict] {
        get throws {
            var worse = try value("Depth/levels=8", 1, 252.01, .found)
            worse.culprits = [culprit(commit(9), explanation)]
            var leak = try value("Depth/levels=8", 0, 1, .found, metric: .goroutines)
            leak.culprits = [culprit(commit(9), longExplanation)]
            leak.culprits[0].before = 0
            leak.culprits[0].confirmed = false
            var new = try value("A name that is much longer than there is room for in eighty columns", 1, 12, .new)
            (new.good, new.bound) = (nil, nil)
            var gone = try value("Gone", 7, 7, .removed)
            gone.bad = nil
            var unchanged = try value("Unread", 1, 1)
            (unchanged.good, unchanged.bad, unchanged.bound, unchanged.isUnchanged) = (nil, nil, nil, true)
            var broken = try (1...4).map { try value("Broken\($0)", 1, 1, .inconclusive) }
            for index in broken.indices {
                broken[index].bad = nil
                broken[index].warnings = ["there is no value at the bad end: undefined: x at 0909090909"]
            }
            var elsewhere = try value("Read", 4_000, 3_000, metric: .bytes)
            elsewhere.package = "example.com/demo/feed"
            return [
                leak, worse, try value("Near", 100, 101), try value("Better", 10, 4), new, gone, unchanged, elsewhere,
                try value("Same", 2, 2),
            ] + broken
        }
    }

    /// Series that a clock tells.
    private static var timed: [SeriesVerdict] {
        get throws {
            var slower = try value("Walk", 100, 121.4, .found, metric: .time)
            slower.culprits = [culprit(commit(9), nil)]
            (slower.culprits[0].before, slower.culprits[0].after) = (100, 121.4)
            slower.interval = 0.192...0.237
            var faster = try value("Depth", 500, 430, metric: .time)
            faster.interval = -0.16 ... -0.11
            var same = try value("Same", 500, 503, metric: .time)
            same.interval = -0.01...0.02
            var noisy = try value("Noisy", 500, 530, .inconclusive, metric: .time)
            noisy.interval = -0.1...0.23
            noisy.warnings = ["the ends do not differ by more than noise: a change of 31.2 % would have been seen"]
            return [slower, faster, same, noisy].map { series in
                var series = series
                series.runs = 24
                return series
            }
        }
    }

    private static func value(
        _ name: String, _ good: Double, _ bad: Double, _ outcome: SeriesOutcome = .notCrossed,
        metric: Metric = .allocations
    ) throws -> SeriesVerdict {
        var series = try series(name, outcome, metric: metric)
        (series.good, series.bad) = (good, bad)
        series.bound = series.threshold.bound(good: good, metric: metric, pair: .standard)
        return series
    }
}
