import ArgumentParser
import Exchange

/// Writes the cache's measurements as text.
struct CacheExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all measurements in the Go benchmark format, which benchstat reads.")

    @Argument(
        help: .init("The file, which is replaced if it exists; - for standard output, as without one."),
        completion: .file())
    var file: String?

    @OptionGroup var arguments: CacheArguments

    func validate() throws {
        guard arguments.format == .text else {
            throw ValidationError(
                "The export is in the Go benchmark format alone. Leave out --format; 'allocbisect history --cached --format "
                    + "json' prints values as JSON.")
        }
    }

    func run() async throws {
        let results = try arguments.results()
        let leftOut: Int
        if let file, file != "-" {
            let output = try OutputFile(file, in: arguments.absoluteDirectory)
            var text = ""
            leftOut = try results.export { text += $0 }.leftOut
            try output.write(text)
        } else {
            leftOut = try results.export(Console.print).leftOut
        }
        if leftOut > 0 {
            Console.printError(
                "allocbisect: \(leftOut) measurements were left out, since their recipe cannot be read. See: "
                    + "allocbisect cache verify")
        }
    }
}
