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
