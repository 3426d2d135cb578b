import AllocBisectCore
import ArgumentParser
import Foundation
import Git
import Measuring

/// Opens the profiles of what a commit changed with Go's own tool.
struct PprofCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pprof",
        abstract: "Open the difference of a commit's profiles and its parent's with go tool pprof.",
        discussion: """
            The profiles are those that the commit was explained by; what was not explained yet is measured first. Sources \
            that pprof shows are those of the commits, not of the work tree.
            """)

    @Argument(
        help: .init("A commit to compare with its first parent; or two, as in A..B.", valueName: "rev"),
        completion: RevisionCompletion.kind)
    var revision = "HEAD"

    @Argument(
        help: .init(
            "The benchmark by its full name, or a series as it is printed, if several differ.", valueName: "series"),
        transform: SeriesName.init(argument:))
    var series: SeriesName?

    @Option(
        name: .shortAndLong,
        help: .init(
            "An option of go tool pprof without its dash, such as top, list=Decode or http=:8080; can be repeated.",
            valueName: "option"), transform: PprofOption.init(argument:))
    var option: [PprofOption] = []

    @Option(help: .init("Open another profile: cpu.", valueName: "kind"))
    var profile: ExplainingArguments.FurtherProfile?

    @OptionGroup var measuring: MeasuringArguments
    @OptionGroup(title: "Metrics") var metric: MetricArguments

    func validate() throws { try measuring.limits.refuseExecutor("Profiles are made") }

    func run() async throws {
        let console = measuring.console()
        defer { console.clear() }
        let comparison = try await measuring.engine(console.show).explain(request())
        console.clear()
        if comparison.series.isEmpty {
            let ends = "\(comparison.before.id.short) and \(comparison.after.id.short)"
            Console.printError("allocbisect: None of \(comparison.compared) series differs between \(ends).")
            throw ExitStatus.notCrossed
        }
        let command = try comparison.pprof(
            go: measuring.running.go ?? "go", options: option.map(\.text), ofCPU: profile == .cpu,
            from: FileManager.default.currentDirectoryPath)
        try becomeProgram(["/bin/sh", "-c", command])
    }

    /// The arguments with the series that is named.
    var chosen: MeasuringArguments {
        var chosen = measuring
        if let series {
            chosen.benchmarks.only.append(series.benchmark)
            if let package = series.package { chosen.benchmarks.packages = [package] }
        }
        return chosen
    }

    private func request() throws -> ComparisonRequest {
        var request = ComparisonRequest(revision: revision)
        request.selection = try chosen.selection()
        request.metrics = series?.metric.map { [$0] } ?? metric.followed(measuring.running)
        request.measuring = try measuring.measuring()
        request.wantsCPUProfile = profile == .cpu
        request.wantsProfiles = true
        return request
    }
}
