import Benchmarks
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
        searches.map { name, search in
            .init(name) {
                try RangeReport(
                    range: RevisionRange("v1..main"), history: history, thresholds: .standard, search: search())
            }
        } + [
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
            .init("hostile") {
                guard let history = try histories.first(where: { $0.name == "hostile" })?.make(),
                    let verdict = try verdicts.first(where: { $0.name == "hostile" })?.make()
                else { throw Absent() }
                return try RangeReport(
                    range: RevisionRange("v1..m<script>\u{202e}\"'&"), history: history, thresholds: .standard,
                    search: .done(verdict))
            },
        ]

    /// What can become of a search, a case after the other.
    private static let searches: [(String, @Sendable () throws -> RangeReport.Search)] =
        everyCase(from: RangeReport.Search.unwanted) {
            switch $0 {
            case .unwanted: .interrupted
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
