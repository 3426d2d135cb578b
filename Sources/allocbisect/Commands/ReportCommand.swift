import AllocBisectCore
import ArgumentParser
import Foundation
import Git
import GoToolchain
import Measuring
import Reports

/// Writes what is known of a range as one HTML page.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write one self-contained HTML page of a range: what changed, the culprits, charts and all values.",
        discussion: """
            The range is searched, each culprit is explained, and the values of all commits are measured as for \
            'history'. An interrupted run writes the page with what is known by then. The page loads nothing from anywhere, and can be read without its script.
            """)

    @OptionGroup var commits: RevisionArguments

    @Option(
        name: .shortAndLong, help: .init("The page, which is replaced if it exists; - for standard output."),
        completion: .file(extensions: ["html"]))
    var output: String?

    @Flag(help: "Open the page with the desktop's browser; without -o it is a temporary file.")
    var open = false

    @Flag(help: "Leave out the explanation of each culprit.")
    var noExplain = false

    @Flag(help: "Search first parents only, so that a merge can be the culprit.")
    var firstParent = false

    @OptionGroup var shown: HistoryArguments

    func validate() throws {
        _ = try commits.requiredRange()
        guard output != nil || open else {
            throw ValidationError("Name the page with -o report.html, or have it opened at once with --open.")
        }
        if output == "-" && open { throw ValidationError("--open needs a file. Leave out -o - or --open.") }
    }

    func run() async throws {
        let console = shown.measuring.console()
        defer { console.clear() }
        let file =
            try output == "-"
            ? nil
            : OutputFile(
                output ?? ReportCommand.temporaryPath, in: shown.measuring.absoluteDirectory)
        let range = try commits.requiredRange()
        let history = try shown.request(range)
        var search = SearchRequest(history, range: range)
        search.wantsExplanations = !noExplain
        search.firstParent = firstParent
        let report = try await shown.measuring.engine(console.show).report(
            range, history: history, search: shown.cached ? nil : search)
        console.clear()
        if case .interrupted = report.search { Console.printError("allocbisect: \(ReportHTML.interruption)") }
        let page = try ReportHTML.text(of: report, from: origin)
        guard let file else { return try Console.print(page) }
        try file.write(page)
        Console.printError("allocbisect: the report is \(file.path)")
        guard open, !Task.isCancelled,
            let trouble = await UserCommand.open(
                file.path, environment: ProcessInfo.processInfo.environment)
        else {
            return
        }
        Console.printError("allocbisect: the report could not be opened: \(trouble.terminalSafe)")
    }

    private var origin: ReportOrigin {
        get throws {
            let directory = shown.measuring.absoluteDirectory
            let repository = try Repository(discovering: directory)
            let folders = [repository.workDirectory, repository.commonDirectory].compactMap { $0 }
            return ReportOrigin(
                folders: folders, forge: Forge(around: directory), command: command, date: .now)
        }
    }

    /// The command without what names folders and files of this machine.
    private var command: String {
        var measuring = shown.measuring
        (measuring.directory, measuring.running.go, measuring.results.cache) = (".", nil, nil)
        let flags = [
            ("--no-explain", noExplain), ("--first-parent", firstParent), ("--all-parents", shown.allParents),
            ("--cached", shown.cached), ("--no-input-classes", shown.series.noInputClasses),
        ]
        var words = ["allocbisect", "report", (try? commits.text()) ?? ""]
        for metric in shown.series.metric.metrics { words += ["-m", metric] }
        for threshold in shown.series.thresholds { words += ["-t", threshold] }
        if let count = shown.maxCount { words += ["-n", "\(count)"] }
        words += flags.filter(\.1).map(\.0) + ["-o", URL(filePath: output ?? "report.html").lastPathComponent]
        words += measuring.selectingWords + measuring.words
        return words.map(\.shellQuoted).joined(separator: " ")
    }

    private static var temporaryPath: String {
        let name = "allocbisect-report-\(UUID().uuidString.prefix(8).lowercased()).html"
        return FileManager.default.temporaryDirectory.appending(path: name).path
    }
}
