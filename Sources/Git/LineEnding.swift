/// Line ends as git writes them on checkout.
enum LineEnding {
    /// Whether a content has line feeds, no carriage returns, and looks like text.
    static func isPlainText(_ content: [UInt8]) -> Bool {
        var (printable, others) = (0, 0)
        for byte in content {
            switch byte {
            case 0, 13: return false
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
