import Benchmarks
import Git
import Hooks
import Measuring

/// A command that works on a repository, and so first tells what the hooks have found there, and what it leaves out.
protocol RepositoryCommand {
    /// The folder to work in, and what becomes of results.
    var measuring: MeasuringArguments { get }
    /// The newest revision that it measures, and the command that would measure the work tree with its changes; nil where
    /// none is measured, or the changes are.
    var measured: (revision: String, including: [String])? { get }
}

extension RepositoryCommand {
    /// What to say when the user ends it before it has anything to show.
    var interruption: String {
        measuring.results.noCache
            ? "Interrupted. Nothing was kept, since no results cache was wanted."
            : "Interrupted. What was measured is kept, and the same command continues from there."
    }

    /// Tells it, on standard error.
    func tell() {
        for line in PendingAlerts.take(in: measuring.absoluteDirectory) { Console.printError(line) }
        tellChanges()
    }

    /// Tells that the work tree has changes that are not measured, where HEAD is.
    private func tellChanges() {
        // Whatever fails here is reported by the command itself.
        guard let (revision, including) = measured,
            let repository = try? Repository(discovering: measuring.absoluteDirectory),
            let head = try? repository.resolve("HEAD"), (try? repository.resolve(revision)) == head,
            let changed = try? repository.changedSources(since: head), !changed.isEmpty
        else { return }
        let files = changed.count == 1 ? "1 changed Go file" : "\(changed.count) changed Go files"
        let command = (["allocbisect"] + including).map(\.shellQuoted).joined(separator: " ")
        Console.printError("note: HEAD is measured without the \(files) of the work tree. To include them: \(command)")
    }
}

extension MeasuringArguments {
    /// The words of a command with the same arguments.
    fileprivate func repeated(_ command: String...) -> [String] { command + selectingWords + words }
}

extension RevisionArguments {
    /// The newest revision of the range; `HEAD` for none.
    fileprivate var newest: String { ((try? range()) ?? nil)?.bad ?? "HEAD" }
}

extension FindCommand: RepositoryCommand {
    var measuring: MeasuringArguments { search.measuring }
    var measured: (revision: String, including: [String])? {
        (search.commits.newest, measuring.repeated("compare"))
    }
}
extension PlanCommand: RepositoryCommand {
    var measuring: MeasuringArguments { search.measuring }
    var measured: (revision: String, including: [String])? { nil }
}
extension CompareCommand: RepositoryCommand {
    var measured: (revision: String, including: [String])? {
        after.map { ($0, measuring.repeated("compare", before ?? "HEAD")) }
    }
}
extension ExplainCommand: RepositoryCommand {
    var measured: (revision: String, including: [String])? { (later, measuring.repeated("compare")) }
}
extension PprofCommand: RepositoryCommand {
    var measured: (revision: String, including: [String])? { nil }
}
extension RecordCommand: RepositoryCommand {
    var measured: (revision: String, including: [String])? { (revision, measuring.repeated("compare")) }
}
extension DoctorCommand: RepositoryCommand {
    var measured: (revision: String, including: [String])? { nil }
}
extension CheckCommand: RepositoryCommand {
    var measured: (revision: String, including: [String])? {
        if workTree || selfTest { return nil }
        let range = (try? commits.text()) ?? nil
        let words = ["check", "--work-tree"] + (range.map { [$0] } ?? [])
        return (commits.newest, words + measuring.selectingWords + measuring.words)
    }
}
extension HistoryCommand: RepositoryCommand {
    var measuring: MeasuringArguments { shown.measuring }
    var measured: (revision: String, including: [String])? {
        (commits.newest, measuring.repeated("compare"))
    }
}
extension ReportCommand: RepositoryCommand {
    var measuring: MeasuringArguments { shown.measuring }
    var measured: (revision: String, including: [String])? {
        (commits.newest, measuring.repeated("compare"))
    }
}
