import ArgumentParser
import Reports

/// Prints the schema of a document.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of what a command prints with --format json.")

    @Argument(
        help: .init("The command; without one, the names of all that have a schema.", valueName: "command"),
        completion: .list(DocumentSchema.allCases.map(\.rawValue)), transform: DocumentSchema.init(argument:))
    var name: DocumentSchema?

    func run() throws {
        try Console.print(name?.text ?? DocumentSchema.allCases.map { $0.rawValue + "\n" }.joined())
    }
}

extension DocumentSchema {
    /// Reads the name of a command.
    init(argument: String) throws {
        guard let schema = DocumentSchema(rawValue: argument) else {
            let names = DocumentSchema.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no schema of '\(argument)'. There are those of: \(names).")
        }
        self = schema
    }
}
