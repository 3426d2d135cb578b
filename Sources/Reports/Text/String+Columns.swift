extension String {
    /// How many columns of a terminal the text takes: two for the wide characters of East Asia and for emoji, none for
    /// the escape sequences of `TextStyle`.
    var columns: Int {
        if utf8.contains(0x1b) {
            return replacing(/\u{1b}(\[[0-9;]*m|\]8;;[^\u{1b}]*\u{1b}\\)/, with: "").columns
        }
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return reduce(0) { $0 + $1.columns }
    }

    /// The text, cut where it takes more columns than these, with an ellipsis for the rest.
    package func shortened(to columns: Int) -> String {
        guard self.columns > columns else { return self }
        var room = columns - 1
        let kept = prefix { character in
            room -= character.columns
            return room >= 0
        }
        return columns > 0 ? kept + "…" : ""
    }

    /// The text with spaces after it, up to a number of columns.
    func padded(to columns: Int) -> String { self + String(repeating: " ", count: max(0, columns - self.columns)) }

    /// The text with spaces in front of it, up to a number of columns.
    func aligned(to columns: Int) -> String { String(repeating: " ", count: max(0, columns - self.columns)) + self }

    /// The text without spaces at its end.
    var trimmed: String {
        var rest = utf8[...]
        while rest.last == UInt8(ascii: " ") { rest.removeLast() }
        return String(Substring(rest))
    }
}

extension Character {
    fileprivate var columns: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.properties.isEmojiPresentation || unicodeScalars.contains("\u{fe0f}") { return 2 }
        // The blocks whose letters UAX #11 calls wide.
        return switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: first.properties.generalCategory == .nonspacingMark ? 0 : 1
        }
    }
}
