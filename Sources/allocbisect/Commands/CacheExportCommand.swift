import ArgumentParser
import Exchange

/// Writes the cache's measurements as text.
struct CacheExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all measurements to standard output, in the Go benchmark format that benchstat reads.")

    @OptionGroup var arguments: CacheArguments

    func run() async throws {
        let (_, leftOut) = try arguments.results().export(Console.print)
        if leftOut > 0 {
            Console.printError(
                "allocbisect: \(leftOut) measurements were left out, since their recipe cannot be read. See: "
                    + "allocbisect cache verify")
        }
    }
}
