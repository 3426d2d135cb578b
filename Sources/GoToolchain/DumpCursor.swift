/// Reads the parts that the records of a heap dump are made of, never beyond the dump's end.
struct DumpCursor {
    /// What stands at the place is not what a heap dump has there.
    struct Damaged: Error {
        /// The place, in bytes from the start.
        let offset: Int
    }

    private let bytes: UnsafeRawBufferPointer
    /// The place of what is read next, in bytes from the start.
    private(set) var offset: Int

    init(_ bytes: UnsafeRawBufferPointer, from offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// An integer of up to ten bytes, seven bits in each from the lowest on, as `encoding/binary` has it.
    mutating func number() throws(Damaged) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count && shift < 64 {
            let byte = bytes[offset]
            offset += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        throw Damaged(offset: offset)
    }

    /// Goes over integers.
    mutating func skipNumbers(_ count: Int) throws(Damaged) {
        for _ in 0..<count { _ = try number() }
    }

    /// A length, and as many bytes.
    mutating func memory() throws(Damaged) -> UnsafeRawBufferPointer {
        let length = try number()
        guard length <= UInt64(bytes.count - offset) else { throw Damaged(offset: offset) }
        let end = offset + Int(length)
        defer { offset = end }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
    }

    mutating func text() throws(Damaged) -> String { String(decoding: try memory(), as: UTF8.self) }
}
