import CGit2

/// The SHA-1 name of a git object.
///
/// The 20 bytes are stored inline. Ids are ordered as their hexadecimal spellings are.
public struct ObjectID: Hashable, Comparable, Sendable {
    // Big-endian parts, so that comparing numbers compares bytes from the first on.
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    /// How many bytes an id has.
    public static let byteCount = 20

    /// Reads the 40 hexadecimal digits of an id, in either case; `nil` for anything else.
    public init?(_ hex: String) {
        var copy = hex
        let id = copy.withUTF8 { ObjectID(hexDigits: UnsafeRawBufferPointer($0)) }
        guard let id else { return nil }
        self = id
    }

    /// Reads 40 hexadecimal digits.
    init?(hexDigits text: UnsafeRawBufferPointer) {
        guard text.count == 2 * ObjectID.byteCount,
            let high = Hexadecimal.number(text, 0, 16, as: UInt64.self),
            let middle = Hexadecimal.number(text, 16, 16, as: UInt64.self),
            let low = Hexadecimal.number(text, 32, 8, as: UInt32.self)
        else { return nil }
        self.high = high
        self.middle = middle
        self.low = low
    }

    /// Copies 20 raw bytes, which `bytes` must have.
    init(rawBytes bytes: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        middle = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
    }

    /// Copies the 20 raw bytes into `bytes`, which must have room for them.
    func copyBytes(to bytes: UnsafeMutableRawBufferPointer) {
        bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
        bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
        bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }

    /// Whether it stands for no object.
    var isZero: Bool { high == 0 && middle == 0 && low == 0 }

    /// The first ten hexadecimal digits, for people to read.
    public var short: String { String(description.prefix(10)) }

    /// Hashes the first eight bytes, which are spread evenly already.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(high)
    }

    /// Whether the first id is spelled before the second one.
    public static func < (first: ObjectID, second: ObjectID) -> Bool {
        if first.high != second.high { return first.high < second.high }
        if first.middle != second.middle { return first.middle < second.middle }
        return first.low < second.low
    }
}

extension ObjectID: LosslessStringConvertible {
    /// All 40 hexadecimal digits, in lower case.
    public var description: String {
        Hexadecimal.digits(high) + Hexadecimal.digits(middle) + Hexadecimal.digits(low)
    }
}

extension ObjectID: Codable {
    /// Reads the 40 digits from a single string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ObjectID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is not an object id of 40 hexadecimal digits.")
        }
        self = id
    }

    /// Writes the 40 digits as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension ObjectID {
    /// Copies an id out of libgit2.
    init(_ oid: git_oid) {
        self = withUnsafeBytes(of: oid) { ObjectID(rawBytes: $0) }
    }

    /// The id as libgit2 wants it.
    var oid: git_oid {
        var oid = git_oid()
        withUnsafeMutableBytes(of: &oid) { copyBytes(to: $0) }
        return oid
    }
}

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
