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
        abstract: "Compare head with its base, and fail when something is worse than the policy allows.",
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

    @Flag(help: "Check what is changed in the work tree as well, committed or not.")
    var workTree = false

    @Flag(help: "Search what fails for the commits that did it.")
    var find = false

    @Flag(help: "Search first parents only, so that a merge can be the culprit.")
    var firstParent = false

    @Flag(help: "Show that the check can fail: inject allocations into head's benchmarks, and check that.")
    var selfTest = false

    @Option(
        help: .init(
            "Check one of so many parts of the packages, as other machines check the others.", valueName: "k/n"),
        transform: Shard.init(argument:))
    var shard: Shard?

    @Option(help: .init("How to print the result: \(CheckFormat.list).", valueName: "format"))
    var format = CheckFormat.text

    func validate() throws {
        if selfTest, format != .text, format != .json {
            throw ValidationError("--self-test prints text or json, and not \(format.rawValue).")
        }
        if workTree && selfTest {
            throw ValidationError("--self-test is about commits. Leave out --work-tree, or that.")
        }
        if selfTest && shard != nil {
            throw ValidationError("--self-test shows that all of a check can fail. Leave out --shard, or that.")
        }
        if selfTest && find { throw ValidationError("--self-test has nothing to find. Leave out one of the two.") }
    }

    func run() async throws {
        let console = measuring.console()
        defer { console.clear() }
        let request = try request()
        let engine = measuring.engine(console.show)
        if selfTest {
            let test = try await engine.selfTest(request)
            console.clear()
            try Console.print(
                format == .json ? SelfTestReport.json(of: test) : SelfTestReport.text(of: test, style: measuring.style))
            if !test.hasPassed { throw ExitStatus.failed }
            return
        }
        let check = try await engine.check(request)
        console.clear()
        try print(check)
        if format == .github { try appendSummary(of: check, ProcessInfo.processInfo.environment) }
        if !check.hasPassed { throw ExitStatus.failed }
    }

    private func request() throws -> CheckRequest {
        let directory = measuring.absoluteDirectory
        var request = CheckRequest(
            range: try commits.range(),
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

    private func print(_ check: Check) throws {
        let searches = check.searches.map {
            FindText.text(of: $0, command: command(for: $0), style: measuring.style)
        }
        switch format {
        case .text:
            let text = CheckText.text(of: check, width: Console.outputWidth, style: measuring.style)
            try Console.print(([text] + searches).joined(separator: "\n"))
        case .json: try Console.print(CheckJSON.text(of: check))
        case .markdown: try Console.print(markdown(check))
        case .junit: try Console.print(CheckJUnit.text(of: check, time: .now))
        case .github: try Console.print(CheckGitHub.text(of: check))
        case .gitlab: try Console.print(CheckGitLab.text(of: check))
        }
        if format == .gitlab { Console.printNotes(check.warnings) }
        // These forms have no place for what a search found.
        if [.junit, .github, .gitlab].contains(format) { searches.forEach(Console.printError) }
    }

    private func command(for verdict: Verdict) -> String {
        let ends =
            verdict.isOfWorkTree
            ? ["compare", verdict.good.short] : ["\(verdict.good.short)..\(verdict.bad.short)"]
        return (["allocbisect"] + ends + measuring.selectingWords + measuring.words)
            .map(\.shellQuoted).joined(separator: " ")
    }

    private func appendSummary(of check: Check, _ environment: [String: String]) throws {
        guard let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        try Console.append(markdown(check), to: path)
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
