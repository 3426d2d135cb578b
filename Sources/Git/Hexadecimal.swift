/// Hexadecimal digits as git writes them.
enum Hexadecimal {
    /// The value of the `count` digits from `start` on, or `nil` if one of them is none.
    static func number<Number: FixedWidthInteger>(
        _ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int, as type: Number.Type
    ) -> Number? {
        var value: Number = 0
        for position in start..<(start + count) {
            guard let digit = Hexadecimal.value(of: text[position]) else { return nil }
            value = value << 4 | Number(truncatingIfNeeded: digit)
        }
        return value
    }

    /// All digits of a number, leading zeros included.
    static func digits<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: Number.bitWidth / 4 - text.utf8.count) + text
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
