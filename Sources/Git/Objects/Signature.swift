/// Who wrote or committed a change, and when.
public struct Signature: Sendable, Hashable {
    /// The name as it is recorded; bytes that are not text appear as U+FFFD.
    public var name: String
    /// The e-mail address as it is recorded, without the angle brackets.
    public var email: String
    /// Seconds since 1970-01-01 00:00 UTC.
    public var time: Int64
    /// How far the writer's clock was ahead of UTC, in minutes.
    public var offsetMinutes: Int

    /// Makes a signature from its parts.
    public init(name: String, email: String, time: Int64, offsetMinutes: Int = 0) {
        self.name = name
        self.email = email
        self.time = time
        self.offsetMinutes = offsetMinutes
    }
}

/// The parts of `Name <address> seconds offset`, any of which may be missing in an old history.
struct RawSignature {
    let name: Slice<UnsafeRawBufferPointer>
    let email: Slice<UnsafeRawBufferPointer>
    let time: Int64
    let offsetMinutes: Int

    init(_ line: Slice<UnsafeRawBufferPointer>) {
        let open = line.firstIndex(of: UInt8(ascii: "<")) ?? line.endIndex
        let afterOpen = line[min(open + 1, line.endIndex)...]
        let close = afterOpen.firstIndex(of: UInt8(ascii: ">")) ?? line.endIndex
        name = line[..<open]
        email = afterOpen[..<close]
        // The address may hold angle brackets itself: the date follows the last one.
        let last = line.lastIndex(of: UInt8(ascii: ">")) ?? line.endIndex
        var date = line[min(last + 1, line.endIndex)...]
        time = RawSignature.number(&date)
        let offset = Int(RawSignature.number(&date))
        offsetMinutes = abs(offset) > 9959 ? 0 : offset / 100 * 60 + offset % 100
    }

    /// Takes a decimal number off the front; 0 if there is none or it is too large.
    private static func number(_ text: inout Slice<UnsafeRawBufferPointer>) -> Int64 {
        text = text.drop { $0 == UInt8(ascii: " ") }
        var isNegative = false
        if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            text = text.dropFirst()
        }
        var value: Int64 = 0
        while let digit = text.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
            text = text.dropFirst()
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, stillTooLarge) = product.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
            guard !tooLarge, !stillTooLarge else { return 0 }
            value = sum
        }
        return isNegative ? -value : value
    }
}
