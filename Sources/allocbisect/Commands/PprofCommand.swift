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
            that pprof shows are those of the commits, and not of the work tree.
            """)

    @Argument(
        help: .init("A commit to compare with its first parent; or two, as in A..B.", valueName: "rev"),
        completion: RevisionCompletion.kind)
    var revision = "HEAD"

    @Argument(help: .init("The benchmark by its full name, where several differ.", valueName: "benchmark"))
    var benchmark: String?

    @Option(
        name: .shortAndLong,
        help: .init(
            "An option of go tool pprof without its dash, such as top, list=Decode or http=:8080; can be repeated.",
            valueName: "option"))
    var option: [String] = []

    @Option(help: .init("Open another profile: cpu.", valueName: "kind"))
    var profile: ExplainingArguments.FurtherProfile?

    @OptionGroup var measuring: MeasuringArguments
    @OptionGroup var metric: MetricArguments

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
            go: measuring.running.go ?? "go", options: option, ofCPU: profile == .cpu,
            from: FileManager.default.currentDirectoryPath)
        try becomeProgram(["/bin/sh", "-c", command])
    }

    private func request() throws -> ComparisonRequest {
        var request = ComparisonRequest(revision: revision)
        request.selection = try measuring.selection()
        if let benchmark { request.selection.only.append(benchmark) }
        request.metrics = metric.followed(measuring.running)
        request.measuring = try measuring.measuring()
        request.wantsCPUProfile = profile == .cpu
        request.wantsProfiles = true
        return request
    }
}
