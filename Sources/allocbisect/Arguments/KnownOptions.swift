import ArgumentParser
import Benchmarks
import Foundation
import Git

/// The options of a command, as the parser describes them.
struct KnownOptions {
    /// What those who take a command by its words have to know of an option.
    private struct Option {
        let takesValue: Bool
        /// Its name in one letter; nil without one.
        let short: String?
    }

    private let command: AskedCommand
    /// By their names without dashes.
    private var long: [String: Option] = [:]
    /// Whether a value follows, by a letter.
    private var short: [String: Bool] = [:]
    /// What the command takes by its place; nil where that is any number of words.
    private var operands: [String]? = []

    /// The options of one command: all commands would take ten times as long.
    init(of command: AskedCommand) {
        self.command = command
        guard let type = command.path.last,
            let tool = try? JSONDecoder().decode(Tool.self, from: Data(type._dumpHelp().utf8))
        else { return }
        for argument in tool.command.arguments ?? [] {
            if argument.kind == "positional" {
                if argument.parsingStrategy == "postTerminator" { continue }
                operands = argument.isRepeating ? nil : operands.map { $0 + ["<\(argument.valueName ?? "")>"] }
            }
            let takesValue = argument.kind == "option"
            let letter = argument.names?.first { $0.kind == "short" }?.name
            for name in argument.names ?? [] {
                if name.kind == "short" {
                    short[name.name] = takesValue
                } else {
                    long[name.name] = Option(takesValue: takesValue, short: letter)
                }
            }
        }
        // The whole program's, which every command takes.
        long["version"] = Option(takesValue: false, short: nil)
    }

    /// Whether the next word is the value of this one.
    func takesValue(_ word: String) -> Bool {
        if word.hasPrefix("--") { return long[String(word.dropFirst(2))]?.takesValue ?? false }
        return word.hasPrefix("-") && short[String(word.dropFirst())] ?? false
    }

    /// A word with several letters behind its dash, as the parser reads it; nothing for one that says what holds anyway.
    ///
    /// - Throws: `UsageError` for an option that does not exist.
    func spelling(of word: String) throws -> [String] {
        let name = String(word.dropFirst().prefix { $0 != "=" })
        if name == "benchmem" { return [] }
        let isFlag = (long[name]?.takesValue ?? short[name]) == false
        if isFlag, name.count + 1 < word.count {
            let value = word.dropFirst(name.count + 2).lowercased()
            // As Go reads them (strconv.ParseBool).
            if ["0", "f", "false"].contains(value) { return [] }
            if ["1", "t", "true"].contains(value) { return [(name.count > 1 ? "--" : "-") + name] }
        }
        if long[name] != nil { return ["-" + word] }
        if let reason = GoTestFlags.refusal(of: name) { throw error("-\(name) \(reason)") }
        let first = String(name.prefix(1))
        // As in -j4 and -t+5%; what goes on with letters is more likely a misspelt name.
        if short[first] == true, let next = word.dropFirst(2).first, !next.isLetter {
            let value = word.dropFirst(2)
            return ["-" + first, String(next == "=" ? value.dropFirst() : value)]
        }
        if word.dropFirst().allSatisfy({ short[String($0)] == false && $0 != "h" }) { return [word] }
        throw unknown(word)
    }

    /// Refuses an option of some words that does not exist, or words in places that the command does not have.
    ///
    /// - Parameter words: What follows the command's name, spelled as the parser reads it.
    func check(_ words: some Sequence<String>) throws {
        var (rest, found) = (Array(words)[...], [String]())
        while let word = rest.popFirst(), word != "--" {
            if !word.hasPrefix("-") || word == "-" {
                found.append(word)
                continue
            }
            let name = word.drop { $0 == "-" }.prefix { $0 != "=" }
            let isKnown =
                word.hasPrefix("--") ? long[String(name)] != nil : name.allSatisfy { short[String($0)] != nil }
            guard isKnown else { throw unknown(word) }
            if takesValue(word) { rest = rest.dropFirst() }
        }
        guard let operands, found.count > operands.count else { return }
        if let likely = command.likelyCommand {
            throw error("Unknown command '\(found[0])'. Did you mean 'allocbisect \(likely)'?")
        }
        let taken =
            operands.isEmpty ? "takes nothing but options." : "takes no more than \(operands.joined(separator: " "))."
        throw error(
            "'\(found[operands.count])' has no place here: the command \(taken)"
                + (long["package"] == nil ? "" : " Packages come after -p, or after -- at the end."))
    }

    /// The error about an option that does not exist.
    private func unknown(_ word: String) -> UsageError {
        let name = String(word.drop { $0 == "-" }.prefix { $0 != "=" })
        if RevisionRange.isRange(name) {
            return error(
                "'\(word)' begins with a dash, as no revision does. Write GOOD..BAD, as in v1.2.0..HEAD.")
        }
        // As test binaries have them.
        let isOfBinary = name.hasPrefix("test.")
        let meant = isOfBinary ? String(name.dropFirst("test.".count)) : name
        if isOfBinary, let reason = GoTestFlags.refusal(of: meant) { return error("-\(meant) \(reason)") }
        let commands = command.isNamed ? [] : AllocBisect.commandNames
        let remedy =
            if let likely = command.likelyCommand {
                " Did you mean 'allocbisect \(likely)'?"
            } else if let near = option(near: meant) {
                " Did you mean '\(isOfBinary ? shortest(near) : "--\(near)")'?"
            } else if let near = commands.first(where: { $0 == meant }) ?? meant.nearest(among: commands) {
                " Did you mean 'allocbisect \(near)'?"
            } else {
                ""
            }
        return error("Unknown option '\(word)'.\(remedy)")
    }

    /// The option whose name was probably meant; nil when none is close.
    private func option(near name: String) -> String? {
        let names = long.keys.sorted()
        guard !name.isEmpty else { return nil }
        return names.filter { $0.hasPrefix(name) }.min { $0.count < $1.count }
            ?? name.nearest(among: names)
            // As in --benchmark; a short name begins many words.
            ?? names.filter { $0.count > 4 && name.hasPrefix($0) }.max { $0.count < $1.count }
    }

    /// An option with its dashes, in one letter if it has that name.
    private func shortest(_ name: String) -> String { long[name]?.short.map { "-\($0)" } ?? "--\(name)" }

    private func error(_ sentence: String) -> UsageError { UsageError(sentence, of: command.path) }

    /// As much of the parser's description as matters (`ToolInfoV0` of swift-argument-parser).
    private struct Tool: Decodable {
        struct Command: Decodable {
            let arguments: [Argument]?
        }
        struct Argument: Decodable {
            let kind, parsingStrategy: String
            let isRepeating: Bool
            let valueName: String?
            let names: [Name]?
        }
        struct Name: Decodable {
            let kind: String
            let name: String
        }
        let command: Command
    }
}
