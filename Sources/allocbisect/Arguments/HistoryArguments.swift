import AllocBisectCore
import ArgumentParser
import Foundation
import Git
import Measuring

/// The arguments that say which commits and series a history shows, and what is measured for it.
struct HistoryArguments: ParsableArguments {
    @Option(name: [.customShort("n"), .customLong("max-count")], help: .init("The newest n commits only."))
    var maxCount: Int?

    @OptionGroup var measuring: MeasuringArguments
    @OptionGroup var series: SeriesArguments

    @Flag(help: "Show the commits of merged branches as well, and not first parents only.")
    var allParents = false

    @Flag(help: "Measure nothing: show what the results cache knows.")
    var cached = false

    @Flag(help: "Measure the ends first, then the middle, then the quarters, so that the range is soon covered.")
    var spread = false

    @Option(
        help: .init("Measure one of so many parts, as other machines measure the others.", valueName: "k/n"),
        transform: Shard.init(argument:))
    var shard: Shard?

    func validate() throws {
        if shard != nil, cached {
            throw ValidationError("--cached measures nothing. Leave out --shard, or --cached.")
        }
        guard maxCount ?? 1 > 0 else { throw ValidationError("-n takes a number of at least 1.") }
    }

    /// The arguments as a request to the engine.
    func request(_ range: RevisionRange?) throws -> HistoryRequest {
        var request = HistoryRequest(range: range, count: maxCount, thresholds: try series.rules())
        request.allParents = allParents
        request.cachedOnly = cached
        request.spread = spread
        request.shard = shard
        request.selection = try measuring.selection()
        request.metrics = try series.followed(measuring.running)
        request.measuring = try measuring.measuring(following: request.metrics)
        request.usesInputClasses = !series.noInputClasses
        return request
    }
}
