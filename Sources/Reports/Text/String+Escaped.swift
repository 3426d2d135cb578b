extension String {
    /// The text as it can stand in an attribute or between the tags of an XML 1.0 or HTML document, whatever it holds.
    var htmlEscaped: String {
        terminalSafe.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            // Unicode's only characters that are neither hidden nor allowed in XML.
            case "\u{FFFE}", "\u{FFFF}": text += "\\u{\(Swift.String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension String {
    /// The text with control characters, line breaks and direction marks written out, so that nothing from a
    /// repository can steer a terminal or break a line.
    public var terminalSafe: String {
        guard unicodeScalars.contains(where: \.isHidden) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            if scalar.isHidden {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension String {
    /// The same for a text of several lines, whose own line breaks stay.
    public var linesTerminalSafe: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).terminalSafe }
            .joined(separator: "\n")
    }
}

extension Unicode.Scalar {
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
        default: false
        }
    }
}

extension String {
    /// The text as it shows in markdown, whatever it holds: nothing in it is markup, a link or a mention.
    var markdownEscaped: String {
        terminalSafe.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            // Not even at the start of a word, where they would notify somebody or link to an issue.
            case "@": text += "&#64;"
            case "#": text += "&#35;"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "|", "!", "~", "+", "-", ".", "$", "^", "=", ":":
                text += "\\\(scalar)"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// The same for a text of several lines.
    var markdownLines: String {
        split(separator: "\n").map { String($0).markdownEscaped }.joined(separator: "<br>")
    }

    /// The text as a code span, which no backtick in it can end.
    var markdownCode: String {
        let text = terminalSafe
        let fence = String(repeating: "`", count: text.longestRun(of: "`") + 1)
        let padding = text.hasPrefix("`") || text.hasSuffix("`") || text.isEmpty ? " " : ""
        return fence + padding + text + padding + fence
    }

    /// The code span in a table, where a bar ends the cell even inside of code.
    var markdownCodeCell: String { markdownCode.replacing("|", with: "\\|") }

    /// The length of the longest run of a character.
    func longestRun(of character: Character) -> Int {
        var (longest, current) = (0, 0)
        for other in self {
            current = other == character ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}

extension String {
    /// The text with its first letter as a sentence begins.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
