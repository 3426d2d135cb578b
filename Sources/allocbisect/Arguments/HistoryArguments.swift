import AllocBisectCore
import ArgumentParser
import Foundation
import Git
import Measuring

/// The arguments that say which commits and series a history shows, and what is measured for it.
struct HistoryArguments: ParsableArguments {
    @OptionGroup var measuring: MeasuringArguments
    @OptionGroup(title: "Metrics and bounds") var series: SeriesArguments

    @OptionGroup(title: "Commits and their values") var rows: RowArguments

    /// The arguments as a request to the engine.
    func request(_ range: RevisionRange?) throws -> HistoryRequest {
        var request = HistoryRequest(range: range, count: rows.maxCount, thresholds: try series.rules())
        request.allParents = rows.allParents
        request.cachedOnly = rows.cached
        request.spread = rows.spread
        request.shard = rows.shard
        request.selection = try measuring.selection()
        request.metrics = try series.followed(measuring.running)
        request.measuring = try measuring.measuring(following: request.metrics)
        request.usesInputClasses = !series.noInputClasses
        return request
    }
}

/// The arguments that say which commits are shown, and how their values are come by.
struct RowArguments: ParsableArguments {
    @Option(
        name: [.customShort("n"), .customLong("max-count")], help: .init("Only the newest n commits.", valueName: "n"),
        transform: Int.init(countArgument:))
    var maxCount: Int?

    @Flag(help: "Also show the commits of merged branches, not only first parents.")
    var allParents = false

    @Flag(help: "Measure nothing: show what is in the results cache.")
    var cached = false

    @Flag(help: "Measure the ends first, then the middle, then the quarters, so that the range is covered early.")
    var spread = false

    @Option(
        help: .init("Measure part K of N; other machines measure the rest.", valueName: "k/n"),
        transform: Shard.init(argument:))
    var shard: Shard?

    func validate() throws {
        if shard != nil, cached {
            throw ValidationError("--shard cannot be combined with --cached, which measures nothing.")
        }
    }
}
