extension String {
    /// The text as part of one line, without a line break or a bare `*`; different texts give different lines.
    var escapedLine: String {
        var line = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "\\": line.append(contentsOf: #"\\"#.unicodeScalars)
            case "\n": line.append(contentsOf: #"\n"#.unicodeScalars)
            case "\r": line.append(contentsOf: #"\r"#.unicodeScalars)
            case "*": line.append(contentsOf: #"\s"#.unicodeScalars)
            default: line.append(scalar)
            }
        }
        return String(line)
    }

    /// Reads what `escapedLine` wrote.
    init(unescaping line: some Sequence<Unicode.Scalar>) {
        self.init()
        var isEscaped = false
        for scalar in line {
            switch scalar {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "n" where isEscaped: unicodeScalars.append("\n")
            case "r" where isEscaped: unicodeScalars.append("\r")
            case "s" where isEscaped: unicodeScalars.append("*")
            default: unicodeScalars.append(scalar)
            }
            isEscaped = false
        }
    }
}
