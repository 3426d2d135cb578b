/// What a `.gitattributes` file says, as gitattributes(5) describes it.
struct AttributeFile: Sendable, Hashable {
    /// What an attribute is set to.
    enum State: Sendable, Hashable {
        case set, unset, unspecified
        case value(String)
    }

    /// One attribute with its state.
    struct Setting: Sendable, Hashable {
        let name: String
        let state: State
    }

    /// The files that a line is about.
    enum Subject: Sendable, Hashable {
        case paths(AttributePattern)
        /// No files: what the attribute of this name stands for.
        case macro(String)
    }

    /// A line of the file: which paths it is about, and which attributes it sets for them.
    struct Rule: Sendable, Hashable {
        let subject: Subject
        let settings: [Setting]
    }

    private(set) var rules: [Rule] = []

    /// Git ignores longer lines.
    private static let longestLine = 2_048

    /// Reads the rules of an attributes file. Whatever git would not accept is left out.
    ///
    /// - Parameter allowsMacros: Whether the file may define macros: not below the root.
    init(_ text: [UInt8], allowsMacros: Bool) {
        let text = text.prefix { $0 != 0 }
        for line in text.split(separator: UInt8(ascii: "\n")) {
            if let rule = AttributeFile.rule(line, allowsMacros: allowsMacros) { rules.append(rule) }
        }
    }

    /// What git itself knows.
    static let builtIn = AttributeFile(Array("[attr]binary -diff -merge -text".utf8), allowsMacros: true)

    private static func rule(_ line: ArraySlice<UInt8>, allowsMacros: Bool) -> Rule? {
        let line = line.drop(while: isBlank)
        guard let first = line.first, first != UInt8(ascii: "#"), line.count < longestLine else { return nil }
        var name = line.prefix { !isBlank($0) }
        var rest = line[name.endIndex...]
        if first == UInt8(ascii: "\""), let (unquoted, end) = QuotedText.read(line) {
            (name, rest) = (unquoted[...], line[end...])
        }
        let prefix = Array("[attr]".utf8)
        guard name.count > prefix.count, name.starts(with: prefix) else {
            guard let settings = settings(rest), let pattern = AttributePattern(Array(name)) else { return nil }
            return Rule(subject: .paths(pattern), settings: settings)
        }
        let macro = name.dropFirst(prefix.count)
        guard allowsMacros, isName(macro), let settings = settings(rest) else { return nil }
        return Rule(subject: .macro(String(decoding: macro, as: UTF8.self)), settings: settings)
    }

    /// Reads `text -diff !merge eol=lf`; `nil` if one of them is not an attribute.
    private static func settings(_ text: ArraySlice<UInt8>) -> [Setting]? {
        var settings: [Setting] = []
        for word in text.split(whereSeparator: isBlank) {
            let parts = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            var name = parts[0]
            let sign = name.first
            if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "!") { name = name.dropFirst() }
            guard isName(name) else { return nil }
            let state: State =
                switch sign {
                case UInt8(ascii: "-"): .unset
                case UInt8(ascii: "!"): .unspecified
                default: parts.count == 1 ? .set : .value(String(decoding: parts[1], as: UTF8.self))
                }
            settings.append(Setting(name: String(decoding: name, as: UTF8.self), state: state))
        }
        return settings
    }

    private static func isName(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, first != UInt8(ascii: "-") else { return false }
        return text.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }
}

/// Which files a line of a `.gitattributes` file is about.
struct AttributePattern: Sendable, Hashable {
    private let bytes: [UInt8]
    /// Whether it is about names in any directory below.
    private let isName: Bool
    /// Whether it is about directories, which have no attributes that matter.
    private let isDirectory: Bool
    private let hasWildcards: Bool

    /// Reads a pattern; `nil` for a negative one, which git ignores.
    init?(_ pattern: [UInt8]) {
        guard pattern.first != UInt8(ascii: "!") else { return nil }
        isDirectory = pattern.last == UInt8(ascii: "/")
        bytes = isDirectory ? pattern.dropLast() : pattern
        isName = !bytes.contains(UInt8(ascii: "/"))
        hasWildcards = bytes.contains(where: Wildmatch.isSpecial)
    }

    /// Whether it is about a file.
    ///
    /// - Parameters:
    ///   - path: The path from the directory in which the pattern was written.
    ///   - name: The last part of the path.
    func matches(_ path: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>, ignoresCase: Bool) -> Bool {
        if isDirectory { return false }
        let subject = isName ? name : path
        let pattern = !isName && bytes.first == UInt8(ascii: "/") ? bytes.dropFirst() : bytes[...]
        if !hasWildcards, !ignoresCase { return subject.elementsEqual(pattern) }
        if isName, pattern.first == UInt8(ascii: "*"), !ignoresCase,
            !pattern.dropFirst().contains(where: Wildmatch.isSpecial)
        {
            return subject.count >= pattern.count - 1
                && subject.suffix(pattern.count - 1).elementsEqual(pattern.dropFirst())
        }
        return Wildmatch.matches(subject, pattern, isPath: !isName, ignoresCase: ignoresCase)
    }
}
