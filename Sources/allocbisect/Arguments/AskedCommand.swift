import ArgumentParser
import Benchmarks
import Reports

/// The command that a command line asks for.
struct AskedCommand {
    /// The command, below those that it belongs to.
    let path: [any ParsableCommand.Type]
    /// Whether it is named; the one that needs no name may not be.
    let isNamed: Bool
    /// Everything after its name.
    let rest: ArraySlice<String>

    /// Finds the command in what was written behind the program's name.
    ///
    /// - Throws: `UsageError` for a command that does not exist, and for a group of commands of which none is named.
    init(_ words: [String]) throws {
        let wantsHelp = words.first == "help"
        var path: [any ParsableCommand.Type] = [AllocBisect.self]
        var rest = words.dropFirst(wantsHelp ? 1 : 0)
        var names = AllocBisect.configuration.subcommands
        while let next = names.first(where: { $0._commandName == rest.first }) {
            path.append(next)
            names = next.configuration.subcommands
            rest = rest.dropFirst()
        }
        isNamed = path.count > 1
        self.rest = rest
        self.path = isNamed || wantsHelp ? path : path + [FindCommand.self]
        let given = (["allocbisect"] + words[..<rest.startIndex]).joined(separator: " ")
        try refuseMistyped(given, among: names.map { $0._commandName }, wantsHelp: wantsHelp)
    }

    /// Refuses a word that is not a command's name where one is needed, and the lack of a word there.
    private func refuseMistyped(_ given: String, among names: [String], wantsHelp: Bool) throws {
        guard wantsHelp || isNamed && !names.isEmpty else { return }
        if let word = rest.first, !word.hasPrefix("-") {
            let near = word.nearest(among: names).map { "Did you mean '\(given) \($0)'?" }
            let available = names.isEmpty ? "Write: \(given)" : "Available: \(names.joined(separator: ", "))."
            throw UsageError("Unknown command '\(given) \(word)'. \(near ?? available)", of: path)
        }
        if !wantsHelp, !rest.contains(where: AskedCommand.asksForHelp) {
            throw UsageError("'\(given)' needs the name of a command: \(names.joined(separator: ", ")).", of: path)
        }
    }

    /// The command that the first word was probably meant to name; nil where one is named, or no name is close.
    var likelyCommand: String? {
        guard !isNamed, let word = rest.first, !word.hasPrefix("-") else { return nil }
        return word.nearest(among: AllocBisect.commandNames)
    }

    /// Whether a word is an option that asks for help or for the version.
    private static func asksForHelp(_ word: String) -> Bool {
        word.hasPrefix("-") && ["h", "help", "version"].contains(word.drop { $0 == "-" })
    }
}

/// What is wrong with a command line, and how the command is used.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    /// An error about a command, with a sentence that says what to do.
    ///
    /// - Parameter path: The command, below those that it belongs to.
    init(_ sentence: String, of path: [any ParsableCommand.Type]) {
        let name = path.map { $0._commandName }.joined(separator: " ")
        let usage = AllocBisect.usageString(for: path.last ?? AllocBisect.self)
        description = """
            Error: \(sentence.linesTerminalSafe)
            Usage: \(usage)
              See '\(name) --help' for more information.
            """
    }
}
