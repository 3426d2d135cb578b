import struct Foundation.Data

extension String {
    /// The text of a file as other systems write it: UTF-8 or UTF-16 in either order, with a byte order mark or without.
    ///
    /// What is wrong in it becomes U+FFFD, as everywhere in Unicode.
    init(file data: Data) {
        let start = Array(data.prefix(4))
        switch (start.first, start.dropFirst().first) {
        case (0xFF, 0xFE): self.init(utf16: data.dropFirst(2), isBigEndian: false)
        case (0xFE, 0xFF): self.init(utf16: data.dropFirst(2), isBigEndian: true)
        // All that is imported begins with an ASCII character or two, and holds no NUL.
        case (0, .some(1...)): self.init(utf16: data[...], isBigEndian: true)
        case (.some(1...), 0): self.init(utf16: data[...], isBigEndian: false)
        default:
            let isMarked = start.starts(with: [0xEF, 0xBB, 0xBF])
            self.init(decoding: data.dropFirst(isMarked ? 3 : 0), as: UTF8.self)
        }
    }

    private init(utf16 bytes: Data.SubSequence, isBigEndian: Bool) {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var first: UInt8?
        for byte in bytes {
            if let high = first {
                units.append(isBigEndian ? UInt16(high) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(high))
                first = nil
            } else {
                first = byte
            }
        }
        self.init(decoding: units, as: UTF16.self)
    }
}
