import AllocBisectCore
import ArgumentParser
import Benchmarks
import Foundation
import Git
import Measuring
import Policy
import Reports

/// Compares a range with the repository's policy, as a gate in continuous integration does.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compare head with its base, and fail if something is worse than the policy allows.",
        discussion: """
            The base is the merge base of the two ends of the range. Without a range, HEAD is compared with the upstream \
            branch of the current branch, or with origin's main branch. The policy is .allocbisect.yml at the \
            repository's root; without it, every benchmark has the thresholds that a search has.
            """)

    @OptionGroup var commits: RevisionArguments

    @OptionGroup var measuring: MeasuringArguments

    @Option(
        help: .init("The policy to apply. (default: .allocbisect.yml at the root)", valueName: "file"),
        completion: .file(extensions: ["yml", "yaml"]))
    var policy: String?

    @Flag(help: "Also check what is changed in the work tree, committed or not.")
    var workTree = false

    @Flag(help: "Search for the commits behind whatever fails.")
    var find = false

    @Flag(help: "Search first parents only, so that a merge can be the culprit.")
    var firstParent = false

    @Flag(help: "Show that the check can fail: inject allocations into head's benchmarks, and check them.")
    var selfTest = false

    @Option(
        help: .init("Check part K of N of the packages; other machines check the rest.", valueName: "k/n"),
        transform: Shard.init(argument:))
    var shard: Shard?

    @Option(help: .init("How to print the result: \(CheckFormat.list).", valueName: "format"))
    var format = CheckFormat.text

    func validate() throws {
        if selfTest, format != .text, format != .json {
            throw ValidationError("--self-test prints text or json, not \(format.rawValue).")
        }
        if workTree && selfTest {
            throw ValidationError("--self-test cannot be combined with --work-tree.")
        }
        if selfTest && shard != nil {
            throw ValidationError("--self-test cannot be combined with --shard.")
        }
        if selfTest && find { throw ValidationError("--self-test cannot be combined with --find.") }
    }

    func run() async throws {
        let console = measuring.console()
        defer { console.clear() }
        let engine = measuring.engine(console.show)
        if selfTest {
            let test = try await engine.selfTest(request())
            console.clear()
            try Console.print(
                format == .json ? SelfTestJSON.text(of: test) : SelfTestText.text(of: test, style: measuring.style))
            if !test.hasPassed { throw ExitStatus.failed }
            return
        }
        let check: Check
        do {
            check = try await engine.check(request())
        } catch {
            guard format == .github, !(error is CancellationError) else { throw error }
            console.clear()
            let reason = withoutFolders(AllocBisect.sentence(for: error))
            try Console.print(CheckGitHub.text(ofNone: reason))
            try appendSummary(CheckMarkdown.text(ofNone: reason))
            throw error
        }
        console.clear()
        try print(check)
        if format == .github { try appendSummary(markdown(check)) }
        if !check.hasPassed { throw ExitStatus.failed }
    }

    /// A text for people who do not know this machine.
    private func withoutFolders(_ text: String) -> String {
        let directory = measuring.absoluteDirectory
        let folders = [
            try? Repository(discovering: directory).commonDirectory,
            try? Repository(discovering: directory).workDirectory,
        ]
        return folders.compactMap(\.self).filter { $0.split(separator: "/").count > 1 }
            .reduce(text) { $0.replacing($1, with: "…") }
    }

    private func request() throws -> CheckRequest {
        let directory = measuring.absoluteDirectory
        var request = CheckRequest(
            range: try range(),
            policy: try Policy(file: policy, in: directory), today: .today)
        if !measuring.benchmarks.isEmpty {
            request.selection = try measuring.selection()
        }
        request.measuring = try measuring.measuring()
        request.measuring.arguments = measuring.words
        request.measuring.selectingArguments = measuring.selectingWords
        (request.wantsSearch, request.shard) = (find, shard)
        request.firstParent = firstParent
        request.includesWorkTree = workTree
        return request
    }

    /// The commits to check: of the work tree, whose changes come after HEAD, HEAD alone can be the base.
    private func range() throws -> RevisionRange? {
        guard workTree, let base = try commits.text(), ["HEAD", "@"].contains(base) else { return try commits.range() }
        return try RevisionRange("\(base)..")
    }

    private func print(_ check: Check) throws {
        switch format {
        case .text:
            try Console.print(
                CheckText.text(of: check, width: Console.outputWidth, style: measuring.style, command: command))
        case .json: try Console.print(CheckJSON.text(of: check))
        case .markdown: try Console.print(markdown(check))
        case .junit: try Console.print(CheckJUnit.text(of: check, time: .now))
        case .github: try Console.print(CheckGitHub.text(of: check))
        case .gitlab: try Console.print(CheckGitLab.text(of: check))
        }
        if format == .gitlab { Console.printNotes(check.warnings) }
        // These forms have no place for what a search found.
        guard [.junit, .github, .gitlab].contains(format) else { return }
        for search in check.searches {
            Console.printError(FindText.text(of: search, command: command(for: search), style: measuring.style))
        }
    }

    private func command(for verdict: Verdict) -> String {
        let ends =
            verdict.isOfWorkTree
            ? ["compare", verdict.good.short] : ["\(verdict.good.short)..\(verdict.bad.short)"]
        return (["allocbisect"] + ends + measuring.selectingWords + measuring.words)
            .map(\.shellQuoted).joined(separator: " ")
    }

    /// Appends to the summary of a workflow's step, where this is one.
    private func appendSummary(_ markdown: String) throws {
        let variables = ProcessInfo.processInfo.environment
        guard let path = variables["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        try Console.append(markdown, to: path)
    }

    private func markdown(_ check: Check) -> String {
        CheckMarkdown.text(of: check, forge: Forge(around: measuring.absoluteDirectory))
    }
}

/// The ways to print a check.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, junit, github, gitlab

    static var list: String { allCases.dropLast().map(\.rawValue).joined(separator: ", ") + " or gitlab" }
}
