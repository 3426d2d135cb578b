import Git
import Hooks
import Measuring

/// A command that works on a repository, and so first tells what the hooks have found there, and what it leaves out.
protocol RepositoryCommand {
    /// The folder to work in, absolute.
    var absoluteDirectory: String { get }
    /// The newest revision that it measures, and the command that would measure the work tree with its changes; nil where
    /// none is measured, or the changes are.
    var measured: (revision: String, including: [String])? { get }
}

extension RepositoryCommand {
    /// Tells it, on standard error.
    func tell() {
        for line in PendingAlerts.take(in: absoluteDirectory) { Console.printError(line) }
        tellChanges()
    }

    /// Tells that the work tree has changes that are not measured, where HEAD is.
    private func tellChanges() {
        // Whatever fails here is reported by the command itself.
        guard let (revision, including) = measured, let repository = try? Repository(discovering: absoluteDirectory),
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
    var absoluteDirectory: String { search.measuring.absoluteDirectory }
    var measured: (revision: String, including: [String])? {
        (search.commits.newest, search.measuring.repeated("compare"))
    }
}
extension PlanCommand: RepositoryCommand {
    var absoluteDirectory: String { search.measuring.absoluteDirectory }
    var measured: (revision: String, including: [String])? { nil }
}
extension CompareCommand: RepositoryCommand {
    var absoluteDirectory: String { measuring.absoluteDirectory }
    var measured: (revision: String, including: [String])? {
        after.map { ($0, measuring.repeated("compare", before ?? "HEAD")) }
    }
}
extension ExplainCommand: RepositoryCommand {
    var absoluteDirectory: String { measuring.absoluteDirectory }
    var measured: (revision: String, including: [String])? { (later, measuring.repeated("compare")) }
}
extension RecordCommand: RepositoryCommand {
    var absoluteDirectory: String { measuring.absoluteDirectory }
    var measured: (revision: String, including: [String])? { (revision, measuring.repeated("compare")) }
}
extension DoctorCommand: RepositoryCommand {
    var absoluteDirectory: String { measuring.absoluteDirectory }
    var measured: (revision: String, including: [String])? { nil }
}
extension CheckCommand: RepositoryCommand {
    var absoluteDirectory: String { measuring.absoluteDirectory }
    var measured: (revision: String, including: [String])? {
        if workTree || selfTest { return nil }
        let range = (try? commits.text()) ?? nil
        let words = ["check", "--work-tree"] + (range.map { [$0] } ?? [])
        return (commits.newest, words + measuring.selectingWords + measuring.words)
    }
}
extension HistoryCommand: RepositoryCommand {
    var absoluteDirectory: String { shown.measuring.absoluteDirectory }
    var measured: (revision: String, including: [String])? {
        (commits.newest, shown.measuring.repeated("compare"))
    }
}
extension ReportCommand: RepositoryCommand {
    var absoluteDirectory: String { shown.measuring.absoluteDirectory }
    var measured: (revision: String, including: [String])? {
        (commits.newest, shown.measuring.repeated("compare"))
    }
}
