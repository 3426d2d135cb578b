/// Text between quotation marks with the escapes of C, as git writes unusual paths.
enum QuotedText {
    /// Reads from the quotation mark at the start on; `nil` if the text does not end or has an unknown escape.
    ///
    /// - Returns: The text, and where what follows it begins.
    static func read(_ bytes: ArraySlice<UInt8>) -> (text: [UInt8], end: Int)? {
        guard bytes.first == UInt8(ascii: "\"") else { return nil }
        var text: [UInt8] = []
        var position = bytes.startIndex + 1
        while position < bytes.endIndex {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return (text, position)
            case UInt8(ascii: "\\"):
                guard position < bytes.endIndex, let escaped = escape(bytes, &position) else { return nil }
                text.append(escaped)
            default: text.append(byte)
            }
        }
        return nil
    }

    private static func escape(_ bytes: ArraySlice<UInt8>, _ position: inout Int) -> UInt8? {
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "a"): return 7
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "v"): return 11
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): return byte
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            let digits = bytes[(position - 1)...].prefix(3)
            guard digits.count == 3, digits.allSatisfy({ (48...55).contains($0) }) else { return nil }
            position += 2
            return digits.reduce(0) { $0 << 3 | ($1 - 48) }
        default: return nil
        }
    }
}
