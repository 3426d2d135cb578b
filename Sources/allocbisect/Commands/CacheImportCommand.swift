import ArgumentParser
import Exchange
import Measuring
import Reports

/// Adds measurements that were made elsewhere.
struct CacheImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add measurements that were made elsewhere, marked with where they come from.",
        discussion: """
            A file is what 'allocbisect cache export' wrote, the output of 'go test -bench . -benchmem' with or without \
            -json, benchmark-action's data.js or its JSON, or gobenchdata's JSON. Measurements of the same recipe count in a search with \
            --trust. Everything else is evidence to look at, since nobody knows how it was made.
            """)

    @Argument(help: .init("The files.", valueName: "file"))
    var files: [String]

    @Option(help: .init("The commit of a log that has no 'commit:' line.", valueName: "rev"))
    var commit: String?

    @OptionGroup var arguments: CacheArguments

    func run() async throws {
        let results = try arguments.results()
        var imported = ResultsCache.Imported()
        for file in files { imported += try results.importFile(file, commit: commit) }
        for problem in imported.problems { Console.printError("allocbisect: \(problem.terminalSafe)") }
        switch arguments.format {
        case .json: try Console.print(try CacheJSON.text(of: imported))
        case .text: try Console.print(CacheText.text(of: imported))
        }
        if imported.added + imported.known == 0 { throw ExitStatus.couldNot }
    }
}
