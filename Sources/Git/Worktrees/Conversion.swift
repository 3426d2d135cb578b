/// What a checkout does to the content of one file, and what storing it does.
struct Conversion: Equatable {
    /// How line ends are written.
    enum LineEnds: Equatable {
        case stored
        /// Each line feed gets a carriage return.
        case crlf
        /// The same, unless the content is binary or has a carriage return already.
        case crlfInText
    }

    /// How line ends are stored.
    enum StoredLineEnds: Equatable {
        case asTheyAre
        /// Every carriage return before a line feed is dropped.
        case lf
        /// The same, unless the content is binary or was stored with carriage returns before.
        case lfInText
    }

    private(set) var lineEnds = LineEnds.stored
    private(set) var storedLineEnds = StoredLineEnds.asTheyAre
    private(set) var expandsID = false
    /// Whether the content is looked at as a whole, as git does for files that it has to judge.
    private var isWhole = false
    private(set) var filter: String?
    private(set) var encoding: String?

    /// Follows `convert_attrs` in git's `convert.c`.
    init(_ states: [String: AttributeFile.State], _ rules: CheckoutRules) {
        let text = Conversion.text(states["text"]) ?? Conversion.text(states["crlf"])
        var kind = text ?? .unspecified
        if kind != .binary {
            switch (kind, states["eol"]) {
            case (.auto, .value("lf")): kind = .autoLF
            case (.auto, .value("crlf")): kind = .autoCRLF
            case (_, .value("lf")): kind = .textLF
            case (_, .value("crlf")): kind = .textCRLF
            default: break
            }
        }
        if kind == .unspecified {
            switch rules.autoCRLF {
            case .off: kind = .binary
            case .on: kind = .autoCRLF
            case .input: kind = .autoLF
            }
        }
        lineEnds =
            switch kind {
            case .textCRLF: .crlf
            case .text: rules.textIsCRLF ? .crlf : .stored
            case .autoCRLF: .crlfInText
            case .auto: rules.textIsCRLF ? .crlfInText : .stored
            case .binary, .textLF, .autoLF, .unspecified: .stored
            }
        storedLineEnds =
            switch kind {
            case .text, .textLF, .textCRLF: .lf
            case .auto, .autoLF, .autoCRLF: .lfInText
            case .binary, .unspecified: .asTheyAre
            }
        expandsID = states["ident"] == .set
        isWhole = kind == .auto || kind == .autoCRLF
        if case .value(let name)? = states["filter"] {
            filter = name
            isWhole = isWhole || rules.filters.contains { $0.name == name && $0.runsAtAll }
        }
        if case .value(let name)? = states["working-tree-encoding"], !name.isEmpty, !Conversion.isUTF8(name) {
            encoding = name
            isWhole = true
        }
    }

    private enum Kind { case unspecified, binary, text, textLF, textCRLF, auto, autoLF, autoCRLF }

    private static func text(_ state: AttributeFile.State?) -> Kind? {
        switch state {
        case .set: .text
        case .unset: .binary
        case .value("input"): .textLF
        case .value("auto"): .auto
        default: nil
        }
    }

    private static func isUTF8(_ name: String) -> Bool { ["utf-8", "utf8"].contains(name.lowercased()) }

    /// Whether content is written as it is stored.
    var isNone: Bool { lineEnds == .stored && !expandsID && filter == nil && encoding == nil }

    /// The content with the line ends and the id that git writes.
    ///
    /// - Parameter id: The id that the tree has for it.
    func apply(_ content: [UInt8], id: ObjectID) throws(GitError) -> [UInt8] {
        var content = content
        if expandsID { content = try isWhole ? IDKeyword.expandWhole(content) : IDKeyword.expand(content, id) }
        switch lineEnds {
        case .stored: return content
        case .crlf: return LineEnding.crlf(content)
        case .crlfInText: return LineEnding.isPlainText(content) ? LineEnding.crlf(content) : content
        }
    }
}

extension Conversion {
    /// Whether git would run a program for the file, or write it in another encoding, which is not done here.
    func needsProgram(_ rules: CheckoutRules) -> Bool {
        encoding != nil || rules.filters.contains { $0.name == filter && ($0.runsAtAll || $0.isRequired) }
    }

    /// The content as git stores it. Follows `crlf_to_git` and `ident_to_git` in git's `convert.c`.
    ///
    /// - Parameter keepsReturns: Whether what the index has so far has carriage returns, and looks like text.
    func store(_ content: [UInt8], keepsReturns: Bool) -> [UInt8] {
        let isConverted =
            switch storedLineEnds {
            case .asTheyAre: false
            case .lf: true
            case .lfInText: !keepsReturns && LineEnding.isText(content)
            }
        let content = isConverted ? LineEnding.lf(content) : content
        return expandsID ? IDKeyword.collapse(content) : content
    }

    /// The content to write for a file, with what is missing from it.
    ///
    /// - Parameter path: The path from the root, with a zero byte at its end.
    func make(
        _ content: [UInt8], _ item: TreeItem, at path: [CChar], _ rules: CheckoutRules
    ) throws(GitError) -> (content: [UInt8], reason: String?) {
        if isNone { return (content, nil) }
        let converted = try apply(content, id: item.id)
        let path = String(name: path)
        if let reason = reason(for: path, rules) { return (converted, reason) }
        guard filter == "lfs", let file = LargeFile(pointer: content) else { return (converted, nil) }
        if let large = file.content(in: rules.largeFiles) { return (large, nil) }
        return (
            converted, "\(path) is a Git LFS pointer, and its content is not here: git lfs fetch --all"
        )
    }

    /// What git would run for the file, or do to it, that is not done here.
    private func reason(for path: String, _ rules: CheckoutRules) -> String? {
        if let encoding { return "\(path) needs the encoding \(encoding), which is not supported" }
        guard let filter, filter != "lfs", let program = rules.filters.first(where: { $0.name == filter }),
            program.smudges || program.isRequired
        else { return nil }
        return "\(path) goes through the filter “\(filter)”, which is not run"
    }
}

/// Line ends as git writes and stores them.
enum LineEnding {
    /// Whether a content has line feeds, no carriage returns, and looks like text.
    static func isPlainText(_ content: [UInt8]) -> Bool { !content.contains(13) && isText(content) }

    /// Whether a content looks like text, and some of its lines end in a carriage return.
    static func hasReturns(_ content: [UInt8]) -> Bool { content.contains(13) && isText(content) }

    /// Whether a content looks like text: carriage returns are at the ends of lines only.
    static func isText(_ content: [UInt8]) -> Bool {
        var (printable, others) = (0, 0)
        for (index, byte) in content.enumerated() {
            switch byte {
            case 0: return false
            case 13: if index + 1 == content.count || content[index + 1] != 10 { return false }
            case 10: break
            case 8, 9, 12, 27: printable += 1
            case 0..<32, 127: others += 1
            default: printable += 1
            }
        }
        // A text of old may end in this one.
        if content.last == 26 { others -= 1 }
        return printable >> 7 >= others
    }

    /// Takes the carriage return before each line feed away.
    static func lf(_ content: [UInt8]) -> [UInt8] {
        guard content.contains(13) else { return content }
        return content.indices.compactMap { index in
            let isBeforeFeed = content[index] == 13 && index + 1 < content.count && content[index + 1] == 10
            return isBeforeFeed ? nil : content[index]
        }
    }

    /// Puts a carriage return before each line feed that has none.
    static func crlf(_ content: [UInt8]) -> [UInt8] {
        var converted: [UInt8] = []
        converted.reserveCapacity(content.count + content.count / 16)
        for byte in content {
            if byte == 10, converted.last != 13 { converted.append(13) }
            converted.append(byte)
        }
        return converted
    }
}
