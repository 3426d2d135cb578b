import Hooks

/// A command that works on a repository, and so first tells what the hooks have found there.
protocol RepositoryCommand {
    /// The folder to work in, absolute.
    var absoluteDirectory: String { get }
}

extension RepositoryCommand {
    /// Tells each alert once, on standard error.
    func tellAlerts() {
        for line in PendingAlerts.take(in: absoluteDirectory) { Console.printError(line) }
    }
}

extension FindCommand: RepositoryCommand { var absoluteDirectory: String { search.measuring.absoluteDirectory } }
extension PlanCommand: RepositoryCommand { var absoluteDirectory: String { search.measuring.absoluteDirectory } }
extension ExplainCommand: RepositoryCommand { var absoluteDirectory: String { measuring.absoluteDirectory } }
extension RecordCommand: RepositoryCommand { var absoluteDirectory: String { measuring.absoluteDirectory } }
extension DoctorCommand: RepositoryCommand { var absoluteDirectory: String { measuring.absoluteDirectory } }
extension CheckCommand: RepositoryCommand { var absoluteDirectory: String { measuring.absoluteDirectory } }
extension HistoryCommand: RepositoryCommand { var absoluteDirectory: String { shown.measuring.absoluteDirectory } }
extension ReportCommand: RepositoryCommand { var absoluteDirectory: String { shown.measuring.absoluteDirectory } }
