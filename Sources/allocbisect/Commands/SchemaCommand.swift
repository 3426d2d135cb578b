import ArgumentParser
import Benchmarks
import Reports

/// Prints the schema of a document, or a file for another program that reads one.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of what a command prints with --format json, or a dashboard for Grafana.")

    @Argument(
        help: .init(
            "The command, or grafana-dashboard; without one, all names are listed.", valueName: "command"),
        completion: .list(PrintedFile.names), transform: PrintedFile.init(argument:))
    var name: PrintedFile?

    func run() throws {
        try Console.print(name?.text ?? PrintedFile.names.map { $0 + "\n" }.joined())
    }
}

/// What the command prints.
enum PrintedFile {
    case schema(DocumentSchema)
    case dashboard

    private static let dashboardName = "grafana-dashboard"
    static let names = (DocumentSchema.allCases.map(\.rawValue) + [dashboardName]).sorted()

    /// Reads the name of a schema, or of the dashboard.
    init(argument: String) throws {
        if argument == PrintedFile.dashboardName {
            self = .dashboard
        } else if let schema = DocumentSchema(rawValue: argument) {
            self = .schema(schema)
        } else {
            let near = argument.nearest(among: PrintedFile.names).map { "Did you mean '\($0)'?" }
            throw ValidationError(near ?? "Available: \(PrintedFile.names.joined(separator: ", ")).")
        }
    }

    var text: String {
        get throws {
            switch self {
            case .schema(let schema): try schema.text
            case .dashboard: HistoryPrometheus.dashboard
            }
        }
    }
}
