import Benchmarks
import Git
import Hooks
import Measuring

/// A command that works on a repository, and so first tells what the hooks have found there, and what it leaves out.
protocol RepositoryCommand {
    /// The folder to work in, and what becomes of results.
    var measuring: MeasuringArguments { get }
    /// The revisions that it measures, and the command that would measure the work tree with its changes; nil where
    /// none is measured, or the changes are.
    var measured: (revisions: [String], including: [String])? { get }
    /// What to say when the user ends it before it has anything to show.
    var interruption: String { get }
}

extension RepositoryCommand {
    var interruption: String {
        measuring.results.noCache
            ? "Interrupted. Nothing was kept, since --no-cache was given."
            : "Interrupted. What was measured is kept; run the same command again to continue."
    }

    /// Tells it, on standard error.
    func tell() {
        for line in PendingAlerts.take(in: measuring.absoluteDirectory) { Console.printError(line) }
        if let changesNote { Console.printError("note: \(changesNote)") }
    }

    /// That the work tree has changes that are not measured; nil where it has none, or where HEAD is not measured.
    var changesNote: String? {
        // Whatever fails here is reported by the command itself.
        guard let (revisions, including) = measured,
            let repository = try? Repository(discovering: measuring.absoluteDirectory),
            let head = try? repository.resolve("HEAD"),
            revisions.contains(where: { (try? repository.resolve($0)) == head }),
            let changed = try? repository.changedSources(since: head), !changed.isEmpty
        else { return nil }
        let files = changed.count == 1 ? "1 changed Go file" : "\(changed.count) changed Go files"
        let command = (["allocbisect"] + including).map(\.shellQuoted).joined(separator: " ")
        return "HEAD is measured without the \(files) of the work tree. To include them: \(command)"
    }
}

extension MeasuringArguments {
    /// The words of a comparison with the work tree, with the same arguments as far as it takes them.
    fileprivate func comparing(_ words: [String] = []) -> [String] {
        var measuring = self
        measuring.limits.executor = nil
        return ["compare"] + words + measuring.selectingWords + measuring.words
    }
}

extension RevisionArguments {
    /// Both ends of the range; `HEAD` for none.
    fileprivate var ends: [String] { ((try? range()) ?? nil).map { [$0.good, $0.bad] } ?? ["HEAD"] }
}

extension FindCommand: RepositoryCommand {
    var measuring: MeasuringArguments { search.measuring }
    var measured: (revisions: [String], including: [String])? {
        (search.commits.ends, measuring.comparing(search.series.words))
    }
}
extension PlanCommand: RepositoryCommand {
    var measuring: MeasuringArguments { search.measuring }
    var measured: (revisions: [String], including: [String])? { nil }
    var interruption: String { "Interrupted before the plan was made. Run the same command again." }
}
extension CompareCommand: RepositoryCommand {
    var measured: (revisions: [String], including: [String])? {
        guard let before, let after else { return nil }
        let other = ["HEAD", "@"].contains(before) ? after : before
        return ([before, after], measuring.comparing([other] + series.words))
    }
}
extension ExplainCommand: RepositoryCommand {
    var measured: (revisions: [String], including: [String])? {
        (ends(of: (try? compared()) ?? first), measuring.comparing(metric.words))
    }
}
extension PprofCommand: RepositoryCommand {
    var measured: (revisions: [String], including: [String])? {
        let words = series?.metric.map { ["-m", $0.unit] } ?? metric.words
        return (ends(of: revision), chosen.comparing(words))
    }
}
extension RecordCommand: RepositoryCommand {
    var measured: (revisions: [String], including: [String])? { ([revision], measuring.comparing()) }
}
extension DoctorCommand: RepositoryCommand {
    var measured: (revisions: [String], including: [String])? { nil }
    var interruption: String { "Interrupted before everything was looked at. Run the same command again." }
}
extension CheckCommand: RepositoryCommand {
    var measured: (revisions: [String], including: [String])? {
        if workTree { return nil }
        let flags = [("--find", find), ("--first-parent", firstParent)].filter(\.1).map(\.0)
        let words =
            ["check", "--work-tree"] + [(try? commits.text()) ?? nil].compactMap(\.self)
            + (policy.map { ["--policy", $0] } ?? []) + flags
        return (commits.ends, words + measuring.selectingWords + measuring.words)
    }
}
extension HistoryCommand: RepositoryCommand {
    var measuring: MeasuringArguments { shown.measuring }
    var measured: (revisions: [String], including: [String])? {
        (commits.ends, measuring.comparing(shown.series.words))
    }
}
extension ReportCommand: RepositoryCommand {
    var measuring: MeasuringArguments { shown.measuring }
    var measured: (revisions: [String], including: [String])? {
        (commits.ends, measuring.comparing(shown.series.words))
    }
}

/// The ends of a range, or the commit that is named.
private func ends(of text: String) -> [String] {
    guard RevisionRange.isRange(text), let range = try? RevisionRange(text) else { return [text] }
    return [range.good, range.bad]
}
