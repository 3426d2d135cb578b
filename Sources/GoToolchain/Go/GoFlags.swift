/// Reads the variable GOFLAGS: flags with blanks between them, any of which may be in quotes as a whole.
enum GoFlags {
    /// The value of the last flag of a name, which is the one that Go heeds; nil when there is none.
    static func value(of name: String, in variable: String) -> String? {
        let spellings = ["-\(name)=", "--\(name)="]
        let flag = split(variable).last { flag in spellings.contains(where: flag.hasPrefix) }
        return flag.map { String($0.drop { $0 != "=" }.dropFirst()) }
    }

    /// The variable with a flag at its end, which is the one of its name that Go heeds.
    static func adding(_ flag: String, to variable: String) -> String {
        variable.allSatisfy(\.isWhitespace) ? flag : variable + " " + flag
    }

    /// A word of a command line as Go splits one: in those quotes that it does not have itself.
    static func quoted(_ word: String) -> String { word.contains("'") ? "\"\(word)\"" : "'\(word)'" }

    private static func split(_ variable: String) -> [Substring] {
        var flags: [Substring] = []
        var rest = variable.drop(while: \.isWhitespace)
        while let first = rest.first {
            let isQuoted = first == "'" || first == "\""
            if isQuoted { rest.removeFirst() }
            let flag = rest.prefix { isQuoted ? $0 != first : !$0.isWhitespace }
            flags.append(flag)
            rest = rest[flag.endIndex...].dropFirst().drop(while: \.isWhitespace)
        }
        return flags
    }
}
