import ArgumentParser
import Benchmarks
import Foundation

/// The words of a command line, spelled as the parser reads them.
///
/// Go's tools write long options with one dash. The parser would take `-bench` for five short options, of which `-h` asks
/// for help, and a gate would pass. So every word of several letters behind one dash is looked up first: it becomes the
/// long option of that name, or is refused.
struct CommandLineWords {
    /// The words, one dash before short options only.
    let words: [String]

    /// Reads what was written behind the program's name.
    ///
    /// - Throws: `ValidationError` for an option or a command of a group that is not known, or an option of Go's that has
    ///   no place here.
    init(_ written: [String]) throws {
        try CommandLineWords.refuseMistypedSubcommand(written)
        guard written.contains(where: { CommandLineWords.isInDoubt($0) || $0 == "--args" }) else {
            words = written
            return
        }
        let options = KnownOptions(of: written)
        var words: [String] = []
        var rest = written[...]
        while let word = rest.popFirst() {
            // What follows belongs to somebody else. The parser would take `-host=x` of it for a wish for help.
            if word == "--" {
                words += [word] + rest
                break
            }
            if word == "--args" || word == "-args" {
                words += rest.map { "--args=" + $0 }
                break
            }
            let spelled = CommandLineWords.isInDoubt(word) ? try options.spelling(of: word) : [word]
            words += spelled
            if let last = spelled.last, options.takesValue(last), let value = rest.popFirst() { words.append(value) }
        }
        self.words = words
    }

    /// Refuses a word that stands where a group of commands wants one of them.
    private static func refuseMistypedSubcommand(_ words: [String]) throws {
        let groups: [any ParsableCommand.Type] = [HookCommand.self, CacheCommand.self, ShareCommand.self]
        guard let group = groups.first(where: { $0._commandName == words.first }), let word = words.dropFirst().first,
            !word.hasPrefix("-")
        else { return }
        let names = group.configuration.subcommands.map { $0._commandName }
        if names.contains(word) { return }
        let near = word.nearest(among: names).map { "Did you mean 'allocbisect \(group._commandName) \($0)'?" }
        throw ValidationError(
            "'\(word)' is no command of \(group._commandName). "
                + (near ?? "Its commands are \(names.joined(separator: ", "))."))
    }

    /// Whether a word has several letters behind one dash.
    private static func isInDoubt(_ word: String) -> Bool {
        let bytes = word.utf8
        return bytes.count > 2 && bytes.first == UInt8(ascii: "-") && word.dropFirst().first?.isLetter == true
    }
}

/// The options of a command, as the parser describes them.
private struct KnownOptions {
    /// Names without dashes, and whether a value follows.
    private var long: [String: Bool] = [:]
    private var short: [String: Bool] = [:]

    /// The options of the command that some words begin with, or else of the one that needs no name.
    init(of words: [String]) {
        guard let tool = try? JSONDecoder().decode(Tool.self, from: Data(AllocBisect._dumpHelp().utf8)) else { return }
        var command = tool.command
        var rest = words[...]
        while let all = command.subcommands,
            let next = all.first(where: { $0.commandName == rest.first })
                ?? all.first(where: { [command] in $0.commandName == command.defaultSubcommand })
        {
            command = next
            rest = rest.dropFirst()
        }
        for argument in command.arguments ?? [] where argument.kind != "positional" {
            for name in argument.names ?? [] {
                let takesValue = argument.kind == "option"
                if name.kind == "short" { short[name.name] = takesValue } else { long[name.name] = takesValue }
            }
        }
    }

    /// Whether the next word is the value of this one.
    func takesValue(_ word: String) -> Bool {
        if word.hasPrefix("--") { return long[String(word.dropFirst(2))] ?? false }
        return word.hasPrefix("-") && short[String(word.dropFirst())] ?? false
    }

    /// A word with several letters behind its dash, as the parser reads it; nothing for one that says what holds anyway.
    func spelling(of word: String) throws -> [String] {
        let name = String(word.dropFirst().prefix { $0 != "=" })
        if name == "benchmem" { return [] }
        if long[name] != nil { return ["-" + word] }
        if let reason = KnownOptions.refused[name] { throw ValidationError("-\(name) \(reason)") }
        let first = String(name.prefix(1))
        // As in -j4 and -t+5%; what goes on with letters is more likely a misspelt name.
        if short[first] == true, let next = word.dropFirst(2).first, !next.isLetter {
            let value = word.dropFirst(2)
            return ["-" + first, String(next == "=" ? value.dropFirst() : value)]
        }
        if word.dropFirst().allSatisfy({ short[String($0)] == false && $0 != "h" }) { return [word] }
        let near = name.nearest(among: long.keys.sorted())
        throw ValidationError("Unknown option '\(word)'." + (near.map { " Did you mean '--\($0)'?" } ?? ""))
    }

    /// Options of `go test` that have no place here, and why.
    private static let refused = [
        "run": "selects tests, and allocbisect measures benchmarks: use -bench, or --tests and -bench for tests.",
        "race": "changes what is allocated, so that no number could be compared.",
        "memprofile": "is not needed: allocbisect explain keeps the profiles of both commits.",
        "blockprofile": "is not supported: allocbisect keeps heap, goroutine and, with --profile cpu, CPU profiles.",
        "mutexprofile": "is not supported: allocbisect keeps heap, goroutine and, with --profile cpu, CPU profiles.",
        "cpuprofile": "is written --profile cpu.",
        "json": "is written --format json.",
        "fuzz": "is not supported: allocbisect measures benchmarks.",
    ]

    /// As much of the parser's description as matters (`ToolInfoV0` of swift-argument-parser).
    private struct Tool: Decodable {
        struct Command: Decodable {
            let commandName: String
            let defaultSubcommand: String?
            let arguments: [Argument]?
            let subcommands: [Command]?
        }
        struct Argument: Decodable {
            let kind: String
            let names: [Name]?
        }
        struct Name: Decodable {
            let kind: String
            let name: String
        }
        let command: Command
    }
}
