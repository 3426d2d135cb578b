import ArgumentParser
import Git
import Reports

/// The arguments that say what is shown, and how.
struct TerminalArguments: ParsableArguments {
    @Option(help: .init("Colours: auto (on a terminal, unless NO_COLOR is set), always or never.", valueName: "when"))
    var color = Occasion.auto

    @Flag(name: .shortAndLong, help: "Show results, errors and notes, but no progress.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Show each step on a line of its own, with the time since the start.")
    var verbose = false

    /// When something is done.
    enum Occasion: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

    func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet cannot be combined with --verbose.") }
    }

    /// How text on standard output looks, for the repository around a folder.
    func style(in directory: String) -> TextStyle {
        let hasColor = color == .auto ? Console.hasColor : color == .always
        // Without a work tree there is nothing to link to.
        let root = color != .never && Console.hasLinks ? try? Repository(discovering: directory).workDirectory : nil
        return TextStyle(hasColor: hasColor, links: root.map { FileLinks(host: Console.host, folder: $0) })
    }
}
