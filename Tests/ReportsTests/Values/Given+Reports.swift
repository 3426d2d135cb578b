import Benchmarks
import Explaining
import Foundation
import Git
import Reports

@testable import AllocBisectCore

extension Given {
    /// Where a report comes from, with a remote that has a password.
    static let origin = ReportOrigin(
        folders: ["/src/demo"], forge: Forge(remote: "https://ada:secret@github.com/ada/demo.git"),
        command: "allocbisect report v1..main -o 'r<script>.html'", date: Date(timeIntervalSince1970: 1_800_000_000))

    /// What a report's page may be of.
    static let reports: [GoldenValue<RangeReport>] =
        ends.map { name, search in
            .init(name) {
                try RangeReport(
                    range: RevisionRange("v1..main"), history: history, thresholds: .standard, search: search())
            }
        } + pages

    private static let pages: [GoldenValue<RangeReport>] = [
        .init("unchanged") {
            var history = Given.history
            for row in history.rows.indices { history.rows[row].cells = history.rows[0].cells }
            return try RangeReport(
                range: RevisionRange("v1..main"), history: history, thresholds: .standard, search: .unwanted)
        },
        // More steps than are marked, listed and named.
        .init("crowded") {
            try RangeReport(
                range: RevisionRange("v1..main"), history: crowdedHistory, thresholds: .standard, search: .unwanted)
        },
        // More culprits than are listed, and than are named for a series.
        .init("culprits") {
            var series = try Given.series("Walk", .found)
            series.culprits = (2...18).map { culprit(commit($0), nil) }
            return try report(of: verdict([series]), crowdedHistory)
        },
        .init("step-back") { try report(of: verdict(named: "step-back"), crowdedHistory) },
        .init("timed") { try report(of: verdict(named: "timed")) },
        .init("suspects") { try report(of: verdict(named: "suspects")) },
        .init("unclear") { try report(of: verdict(named: "alike")) },
        .init("not-crossed") { try report(of: verdict(named: "not-crossed")) },
        .init("unfinished") { try report(of: verdict(named: "unfinished")) },
        .init("explained") {
            var race = try series("Walk", .found, metric: .reports)
            race.culprits = [culprit(commit(4), longExplanation)]
            var spin = try series("Walk", .found, metric: .instructions)
            spin.culprits = [culprit(commit(4), longExplanation)]
            spin.culprits[0].explanation?.proof = .notPossible("the change does not come off: book/book.go")
            return try report(of: verdict([race, spin]))
        },
        .init("new") {
            var new = try series("Depth/levels=8", .new, metric: .goroutines)
            (new.good, new.bound) = (nil, nil)
            return try report(of: verdict([new]))
        },
        .init("hostile") {
            guard let history = try histories.first(where: { $0.name == "hostile" })?.make() else {
                throw Absent()
            }
            return try RangeReport(
                range: RevisionRange("v1..m<script>\u{202e}\"'&"), history: history, thresholds: .standard,
                search: .done(verdict(named: "hostile")))
        },
    ]

    private static func report(of verdict: Verdict, _ history: History = Given.history) throws -> RangeReport {
        try RangeReport(
            range: RevisionRange("v1..main"), history: history, thresholds: .standard, search: .done(verdict))
    }

    /// What a search may find, by the name that it has there.
    private static func verdict(named name: String) throws -> Verdict {
        guard let verdict = try verdicts.first(where: { $0.name == name })?.make() else { throw Absent() }
        return verdict
    }

    /// The possible outcomes of a search, a case after the other.
    private static let ends: [(String, @Sendable () throws -> RangeReport.Search)] =
        everyCase(from: RangeReport.Search.unwanted) {
            switch $0 {
            case .unwanted: .interrupted(continuation: "run the same command again to continue")
            case .interrupted: .done(verdict([]))
            case .done: nil
            }
        }.map { search in
            switch search {
            case .unwanted: ("unwanted", { search })
            case .interrupted: ("interrupted", { search })
            case .done: ("searched", { .done(try searched) })
            }
        }

    /// A search that has found what the history tells, and more: what is undecided, and what was skipped on a branch.
    private static var searched: Verdict {
        get throws {
            var verdict = try Given.foundVerdict
            var suspected = try series("Walk", .oneOf, metric: Metric("MB/s"), threshold: "-5%")
            (suspected.suspects, suspected.shownSuspects) = ([id(4), id(5)], [commit(4), commit(5)])
            (suspected.good, suspected.bad) = (12.5, 5)
            suspected.bound = suspected.threshold.bound(good: 12.5, metric: suspected.metric, pair: .standard)
            suspected.warnings = ["it cannot be measured at 0404040404"]
            verdict.series.append(suspected)
            verdict.series += try SeriesOutcome.allCases.dropFirst(2).map { try series("Outcome/\($0.rawValue)", $0) }
            verdict.skipped = [id(8), id(10), id(4)].map { .init(commit: $0, reason: "no go.mod") }
            return verdict
        }
    }

    private struct Absent: Error {}
}
