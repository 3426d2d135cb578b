/// How much a policy's file may hold. A recorder reads what anybody merged, and a YAML reader descends once for each level
/// and compares whatever a key refers to.
enum PolicyLimits {
    /// In bytes: room for thousands of entries.
    private static let mostBytes = 1 << 18
    /// Open brackets and braces. A text in quotes may hold some that are never closed, in an expression for names.
    private static let mostLevels = 200
    /// References to anchors, each of which can stand for several others.
    private static let mostReferences = 16

    /// What there is too much of, as a sentence; nil when a reader can be trusted with the text.
    static func excess(of text: String) -> String? {
        if text.utf8.count > mostBytes {
            return "The file is larger than \(mostBytes >> 10) KiB, the most that a policy may have. Shorten it."
        }
        var levels = 0
        var (anchors, references) = (0, 0)
        var previous = UInt8(ascii: "\n")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): levels += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): levels = max(0, levels - 1)
            case UInt8(ascii: "&") where startsToken(after: previous): anchors += 1
            case UInt8(ascii: "*") where startsToken(after: previous): references += 1
            default: break
            }
            if levels > mostLevels {
                return "Brackets are nested too deeply. Use fewer levels."
            }
            previous = byte
        }
        return anchors > 0 && references > mostReferences
            ? "There are more than \(mostReferences) references to anchors (*name). Write out what they refer to."
            : nil
    }

    /// Whether a sign after this byte can be one of YAML's own.
    private static func startsToken(after byte: UInt8) -> Bool {
        byte <= UInt8(ascii: " ") || "[]{},:?-".utf8.contains(byte)
    }
}
