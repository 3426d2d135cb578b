import Benchmarks
import Git

@testable import AllocBisectCore
@testable import Explaining

extension Given {
    /// What a search may find.
    static let verdicts: [GoldenValue<Verdict>] = searches + merges + skips

    private static let searches: [GoldenValue<Verdict>] = [
        .init("found") { try foundVerdict },
        .init("crowded") {
            var series = try Given.series("Walk", .found)
            series.culprits = (2...6).map { culprit(commit($0), nil) }
            return verdict([series])
        },
        .init("outcomes") {
            var verdict = Given.verdict(try SeriesOutcome.allCases.map { try series("Outcome/\($0.rawValue)", $0) })
            verdict.mergeBase = id(1)
            (verdict.series[2].good, verdict.series[2].bad, verdict.series[2].bound) = (nil, 1_234_567.891, nil)
            verdict.series[3].isUnchanged = true
            verdict.series[4].warnings = ["the repeats at 0404040404 lie on both sides: 1, 2.5, 1"]
            return verdict
        },
        .init("alike") {
            var all = try ((1...12).map { "New\($0)" } + [hostile("benchmark")]).flatMap { name in
                try [Metric.allocations, .bytes].map { metric in
                    var new = try series(name, .missingAtGood, metric: metric)
                    (new.good, new.bound) = (nil, nil)
                    new.warnings = ["\(new.benchmark) does not exist there; try -t '\(metric)=>100'"]
                    return new
                }
            }
            // For other reasons, or of another package.
            all[4].warnings.append("names vary")
            all[7].package = "example.com/demo/feed"
            return verdict(all)
        },
        .init("growth") { try grownVerdict },
        .init("reports") {
            try verdict(
                [longExplanation, hostileExplanation].enumerated().map { number, explanation in
                    var race = try series("Race\(number)", .found, metric: .reports)
                    (race.good, race.bad) = (0, 7)
                    race.culprits = [culprit(commit(number + 2), explanation)]
                    return race
                })
        },
        .init("instructions") {
            try verdict(
                [longExplanation, hostileExplanation].enumerated().map { number, explanation in
                    var spin = try series("Spin\(number)", .found, metric: .instructions)
                    (spin.good, spin.bad) = (30_016, 30_318)
                    spin.culprits = [culprit(commit(number + 2), explanation)]
                    return spin
                })
        },
        .init("timed") { try timedVerdict },
        .init("work-tree") { try workTreeVerdict },
        .init("work-tree-suspect") {
            var series = try Given.series("A", .oneOf)
            (series.suspects, series.shownSuspects) = ([id(7), id(9)], [commit(7), snapshot(9)])
            var verdict = Given.verdict([series])
            verdict.isOfWorkTree = true
            return verdict
        },
        .init("work-tree-alone") {
            var series = try timedVerdict.series[2]
            series.likely[0] = .init(commit: snapshot(9), probability: 0.95)
            var found = try Given.series("A", .found)
            found.culprits = [culprit(snapshot(9), nil)]
            var verdict = Given.verdict([found, series])
            verdict.isOfWorkTree = true
            return verdict
        },
        .init("one-sided") {
            var all = try ((1...7).map { "New\($0)" } + [hostile("benchmark")]).map { try series($0, .new) }
            for index in all.indices { (all[index].good, all[index].bound) = (nil, nil) }
            return verdict(all + [try series("Gone", .removed)])
        },
        .init("suspects") {
            var all = try ["A", "B", "C"].map { try series($0, .oneOf) }
            for (index, suspects) in [[2, 3, 4], [2, 3, 4], Array(7...20)].enumerated() {
                all[index].suspects = suspects.map { id($0) }
                all[index].shownSuspects = (suspects.prefix(9) + suspects.dropFirst(9).suffix(1)).map { commit($0) }
            }
            return verdict(all)
        },
        .init("skips") {
            skipping(Failure.Reason.allCases, in: try series("Depth", .inconclusive))
        },
        .init("unfinished") {
            var verdict = Given.verdict([])
            verdict.leftOut = (1...7).map { Benchmark(package: $0 == 1 ? "." : "book", name: "Benchmark\($0)") }
            return verdict
        },
        .init("not-crossed") {
            var near = try Given.series("Near", .notCrossed, threshold: "+5%")
            (near.good, near.bad, near.bound) = (10, 10.756, Bound(.atLeast, 11))
            var far = try series("Far", .notCrossed, threshold: ">100")
            (far.good, far.bad) = (10, 20)
            return verdict([far, near])
        },
        .init("not-fallen") {
            var series = try Given.series("Fall", .notCrossed, threshold: "-50%")
            (series.good, series.bad, series.bound) = (10, 8, Bound(.atMost, 5))
            return verdict([series])
        },
        .init("flat") {
            var series = try Given.series("Flat", .notCrossed)
            series.bad = 1
            return verdict([series])
        },
        .init("level") {
            var series = try Given.series("Level", .notCrossed, threshold: "-50%")
            (series.good, series.bad, series.bound) = (10, 10, Bound(.atMost, 5))
            return verdict([series])
        },
        .init("step-back") { verdict([try grown("Back", [1, 101, 101, 51], to: 51)]) },
        .init("hostile") { try hostileVerdict },
    ]

    /// Every reason for having no value, as many in a document as it lists.
    private static let skips: [GoldenValue<Verdict>] = stride(from: 0, to: Failure.Reason.allCases.count, by: 10).map {
        first in
        .init("skips-\(first / 10 + 1)") {
            skipping(Failure.Reason.allCases.dropFirst(first).prefix(10), in: try series("Depth", .inconclusive))
        }
    }

    private static func skipping(_ reasons: some Collection<Failure.Reason>, in series: SeriesVerdict) -> Verdict {
        var verdict = verdict([series])
        verdict.skipped = reasons.enumerated().map { number, reason in
            .init(commit: id(number + 1), reason: Failure(reason, "first line\nsecond line").text)
        }
        return verdict
    }

    /// Two culprits: one is explained for a benchmark's two metrics and left in doubt for another benchmark.
    static var foundVerdict: Verdict {
        get throws {
            var leak = try series("Depth/levels=8", .found, metric: .goroutines, threshold: ">+0.1")
            leak.culprits = [culprit(commit(3, "book: copy the levels"), explanation)]
            leak.culprits[0].explanation?.goroutines = longExplanation.goroutines
            var allocations = try series("Depth/levels=8", .found)
            allocations.culprits = leak.culprits + [culprit(commit(5, "feed: buffer"), nil)]
            var unsure = try series("Walk", .found, metric: .time)
            unsure.culprits = leak.culprits
            (unsure.culprits[0].confirmed, unsure.culprits[0].before) = (false, nil)
            unsure.warnings = ["its repeats vary by 12 %"]
            var alike = try series("Sibling", .found)
            alike.culprits = [allocations.culprits[0]]
            var same = alike
            same.benchmark = "BenchmarkTwin"
            return verdict([allocations, leak, unsure, alike, same])
        }
    }

    /// Two culprits of one series, the second one of which is not committed.
    static var workTreeVerdict: Verdict {
        get throws {
            var series = try Given.series("Depth/levels=8", .found)
            series.culprits = [culprit(commit(3, "book: copy the levels"), nil), culprit(snapshot(9), explanation)]
            var verdict = verdict([series])
            verdict.isOfWorkTree = true
            return verdict
        }
    }

    /// Several steps of several series: all of the growth, a part of it, a step back, and one that was stopped at its first
    /// crossing.
    private static var grownVerdict: Verdict {
        get throws {
            var all = [
                try grown("Whole", [1, 3, 3, 90, 90, 101], to: 101), try grown("Part", [5, 60], to: 101),
                try grown("Back", [1, 101, 101, 51], to: 51), try grown("Beyond", [1, 151], to: 101),
                try grown("First", [1, 1.4], to: 101),
            ]
            all[4].isAccounted = false
            var fall = try grown("Fall", [101, 51, 51, 1], to: 1)
            (fall.good, fall.bound, fall.threshold) = (101, Bound(.atMost, 90), try Threshold("-10%"))
            for index in fall.culprits.indices {
                (fall.culprits[index].share, fall.culprits[index].isStepBack) = (0.5, false)
            }
            fall.unexplained = 0
            return verdict(all + [fall])
        }
    }

    /// A series that each two of some values are a step of.
    private static func grown(_ name: String, _ values: [Double?], to bad: Double) throws -> SeriesVerdict {
        var series = try Given.series(name, .found)
        series.bad = bad
        series.isAccounted = true
        for number in stride(from: 0, to: values.count, by: 2) {
            var culprit = culprit(commit(3 + number / 2, "step \(number / 2)"), nil)
            (culprit.before, culprit.after) = (values[number], values[number + 1])
            culprit.share = ((values[number + 1] ?? 0) - (values[number] ?? 0)) / (bad - 1)
            culprit.isStepBack = culprit.share ?? 0 < 0
            series.culprits.append(culprit)
        }
        series.unexplained = 1 - series.culprits.compactMap(\.share).reduce(0, +)
        return series
    }

    /// Timed series: one with a culprit, two of which several commits are left, and one that is lost in noise.
    private static var timedVerdict: Verdict {
        get throws {
            func timed(_ name: String, _ outcome: SeriesOutcome, _ likely: [Double]) throws -> SeriesVerdict {
                var series = try Given.series(name, outcome, metric: .time)
                series.runs = 46
                series.likely = likely.enumerated().map {
                    .init(commit: commit(3 + $0, hostile("subject")), probability: $1)
                }
                if outcome == .oneOf { series.suspects = series.likely.map(\.commit.id).reversed() }
                return series
            }
            var all = [
                try timed("Found", .found, [0.974]), try timed("Sure", .found, [0.9999]),
                try timed("Few", .oneOf, [0.95, 0.04]),
                try timed("Many", .oneOf, [0.3, 0.2, 0.2, 0.1, 0.1, 0.05, 0.001]),
                try timed("Noise", .inconclusive, []),
            ]
            for index in 0...1 { all[index].culprits = [culprit(all[index].likely[0].commit, nil)] }
            all[3].warnings = ["the budget ran out after 46 runs"]
            return verdict(all)
        }
    }

    static var hostileVerdict: Verdict {
        get throws {
            var outcomes = SeriesOutcome.allCases
            outcomes.append(.notCrossed)
            var all = try outcomes.map { try series(hostile("benchmark"), $0, metric: Metric(hostile("metric"))) }
            for index in all.indices {
                all[index].package = hostile("package")
                all[index].warnings = [hostile("series' warning"), hostile("series' warning")]
            }
            all[0].culprits = [culprit(hostileCommit(3), hostileExplanation)]
            all[1].suspects = [id(4), id(5)]
            all[1].shownSuspects = [hostileCommit(4), hostileCommit(5)]
            var verdict = Given.verdict(all)
            verdict.skipped = [.init(commit: id(7), reason: hostile("reason"))]
            verdict.warnings = [hostile("warning"), hostile("warning")]
            verdict.leftOut = [Benchmark(package: hostile("folder"), name: hostile("function"))]
            return verdict
        }
    }
}
