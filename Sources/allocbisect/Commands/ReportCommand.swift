import AllocBisectCore
import ArgumentParser
import Benchmarks
import Foundation
import Git
import GoToolchain
import Measuring
import Reports

/// Writes what is known of a range as one HTML page.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write an HTML page or a mail about a range: what changed, the culprits, charts and all values.",
        discussion: """
            The range is searched, each culprit is explained, and the values of all commits are measured as for \
            'history'. With --shard, only a part of them is measured and nothing is searched. An interrupted run writes \
            the page with what is known by then. The page loads nothing from anywhere, and can be read without its script. \
            A mail is for 'sendmail -t': a summary as text and HTML, with the page attached.
            """)

    @OptionGroup var commits: RevisionArguments

    @Option(
        name: .shortAndLong,
        help: .init("The file, which is replaced if it exists; - for standard output, where a mail goes by default."),
        completion: .file(extensions: ["html"]))
    var output: String?

    @Option(help: "What to write: html or mail.") var format = ReportFormat.html

    @Option(
        name: .customLong("to"),
        help: .init("An address to send the mail to; can be repeated.", valueName: "address"))
    var recipients: [String] = []

    @Flag(
        help:
            "Report what came after the last report with this option and the same bad end; the range is for the first one."
    )
    var sinceLast = false

    @Flag(help: "Write nothing if nothing changed.")
    var onlyIfChanged = false

    @Flag(help: "Open the page in the browser; without -o it is a temporary file.")
    var open = false

    @Flag(help: "Leave out the explanation of each culprit.")
    var noExplain = false

    @Flag(help: "Search first parents only, so that a merge can be the culprit.")
    var firstParent = false

    @OptionGroup var shown: HistoryArguments

    func validate() throws {
        if !sinceLast { _ = try commits.requiredRange() }
        guard (format == .mail) == !recipients.isEmpty else {
            throw ValidationError(
                "--to is required with --format mail, and only valid there: --format mail --to team@example.com.")
        }
        if let address = recipients.first(where: { !ReportCommand.isAddress($0) }) {
            throw ValidationError("'\(address)' is not a mail address. Write, for example, --to team@example.com.")
        }
        if format == .mail && open { throw ValidationError("--open cannot be combined with --format mail.") }
        guard output != nil || open || format == .mail else {
            throw ValidationError("Name the page with -o report.html, or open it at once with --open.")
        }
        if sinceLast && shown.rows.shard != nil {
            throw ValidationError("--since-last cannot be combined with --shard.")
        }
        if output == "-" && open { throw ValidationError("--open needs a file, so it cannot be combined with -o -.") }
    }

    func run() async throws {
        let console = shown.measuring.console()
        defer { console.clear() }
        let engine = shown.measuring.engine(console.show)
        guard let range = try range(engine) else { return }
        let file =
            try (output ?? (format == .mail ? "-" : nil)) == "-"
            ? nil
            : OutputFile(
                output ?? ReportCommand.temporaryPath, in: shown.measuring.absoluteDirectory)
        let history = try shown.request(range)
        var search = SearchRequest(history, range: range)
        search.wantsExplanations = !noExplain
        search.firstParent = firstParent
        let isSearched = !shown.rows.cached && shown.rows.shard == nil
        let report = try await engine.report(range, history: history, search: isSearched ? search : nil)
        console.clear()
        if case .interrupted(let continuation) = report.search {
            Console.printError("allocbisect: \(ReportHTML.interruption(continuation))")
        }
        if onlyIfChanged, !report.hasNews { return try note(engine, report) }
        let text =
            try format == .mail
            ? ReportMail.text(of: report, from: origin, to: recipients) : ReportHTML.text(of: report, from: origin)
        guard let file else {
            try Console.print(text)
            return try note(engine, report)
        }
        try file.write(text)
        try note(engine, report)
        Console.printError("allocbisect: the report is \(file.path)")
        guard open, !Task.isCancelled,
            let trouble = await UserCommand.open(
                file.path, environment: ProcessInfo.processInfo.environment)
        else {
            return
        }
        Console.printError("allocbisect: the report could not be opened: \(trouble.terminalSafe)")
    }

    /// The commits to report; nil where there is none after the last report.
    private func range(_ engine: Engine) throws -> RevisionRange? {
        guard sinceLast else { return try commits.requiredRange() }
        let first = try commits.range()
        let bad = first?.bad ?? "HEAD"
        guard let last = try engine.lastReport(name(bad)) else {
            guard let first else {
                throw ValidationError(
                    "There was no report with --since-last before. Name the range of the first one: GOOD..\(bad).")
            }
            return first
        }
        let repository = try Repository(discovering: shown.measuring.absoluteDirectory)
        guard try repository.resolve(bad) != last else {
            if !onlyIfChanged { Console.printError("allocbisect: nothing came after \(last.short), the last report") }
            return nil
        }
        return try RevisionRange("\(last.short)..\(bad)")
    }

    /// Takes note of what was reported, where the next report is to go on from there.
    private func note(_ engine: Engine, _ report: RangeReport) throws {
        if case .interrupted = report.search { return }
        if sinceLast { try engine.noteReport(name(report.range.bad), upTo: report.history.bad) }
    }

    /// What tells apart reports that continue from one another: their bad end, and what they are about.
    private func name(_ bad: String) -> String {
        ([bad] + shown.measuring.selectingWords + shown.measuring.benchmarks.patterns
            + (shown.measuring.benchmarks.tests ? ["--tests"] : [])).joined(separator: " ")
    }

    /// Whether a text can stand in a mail's header as one address.
    private static func isAddress(_ text: String) -> Bool {
        text.wholeMatch(of: /[^\s\p{Cc},;:<>"@]+(?:@[^\s\p{Cc},;:<>"@]+)?/) != nil
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
        measuring.running.patch = measuring.running.patch.map { URL(filePath: $0).lastPathComponent }
        let flags = [
            ("--no-explain", noExplain), ("--first-parent", firstParent), ("--all-parents", shown.rows.allParents),
            ("--cached", shown.rows.cached), ("--no-input-classes", shown.series.noInputClasses),
        ]
        var words = ["allocbisect", "report", (try? commits.text()) ?? ""] + shown.series.words
        if let count = shown.rows.maxCount { words += ["-n", "\(count)"] }
        words += flags.filter(\.1).map(\.0)
        if format == .html { words += ["-o", URL(filePath: output ?? "report.html").lastPathComponent] }
        words += measuring.selectingWords + measuring.words
        return words.map(\.shellQuoted).joined(separator: " ")
    }

    private static var temporaryPath: String {
        let name = "allocbisect-report-\(UUID().uuidString.prefix(8).lowercased()).html"
        return FileManager.default.temporaryDirectory.appending(path: name).path
    }
}

/// What a report can be written as.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable { case html, mail }
