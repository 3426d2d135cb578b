/// A `key: value` line of the Go benchmark format.
struct ConfigurationLine {
    let key: String
    let value: String

    /// Reads a line; nil when it is none. The key begins with a small letter, and has no blanks and capitals.
    init?(_ line: some StringProtocol) {
        let scalars = String(line).unicodeScalars
        guard let colon = scalars.firstIndex(of: ":"), let first = scalars.first, first.properties.isLowercase,
            !scalars[..<colon].contains(where: { $0.properties.isWhitespace || $0.properties.isUppercase })
        else { return nil }
        let rest = scalars[scalars.index(after: colon)...]
        guard rest.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
        key = String(scalars[..<colon])
        value = String(rest.dropFirst())
    }
}
