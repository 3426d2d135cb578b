import ArgumentParser

/// The words of a command line, spelled as the parser reads them.
///
/// Go's tools write long options with one dash. The parser would take `-bench` for five short options, of which `-h` asks
/// for help, and a gate would pass. So every word of several letters behind one dash is looked up first: it becomes the
/// long option of that name, or is refused.
struct CommandLineWords {
    /// The words, one dash before short options only.
    let words: [String]
    private let command: AskedCommand

    /// Reads what was written behind the program's name.
    ///
    /// - Throws: `UsageError` for an option or a command of a group that is not known, or an option of Go's that has
    ///   no place here.
    init(_ written: [String]) throws {
        command = try AskedCommand(written)
        guard written.contains(where: { CommandLineWords.isInDoubt($0) || $0 == "--args" }) else {
            words = written
            return
        }
        let options = KnownOptions(of: command)
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

    /// Makes the command of the words.
    ///
    /// - Throws: What the parser throws, or `UsageError` if that may only follow from an option that is not known.
    func parsed() throws -> any ParsableCommand {
        do { return try AllocBisect.parseAsRoot(words) } catch {
            if AllocBisect.exitCode(for: error).isSuccess { throw error }
            try KnownOptions(of: command).check(words.dropFirst(command.isNamed ? command.path.count - 1 : 0))
            throw error
        }
    }

    /// Whether a word has several letters behind one dash.
    private static func isInDoubt(_ word: String) -> Bool {
        let bytes = word.utf8
        return bytes.count > 2 && bytes.first == UInt8(ascii: "-") && word.dropFirst().first?.isLetter == true
    }
}
