/// The beginning and the end of a text of any length.
struct Excerpt: CustomStringConvertible {
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var hasGap = false
    private let part: Int
    private let gap: String

    /// Creates an excerpt of a text that has yet to come.
    ///
    /// - Parameters:
    ///   - part: How many bytes to keep of either end.
    ///   - gap: What to put in the place of the rest.
    init(part: Int = 8 << 10, gap: String = "\n…\n") {
        self.part = part
        self.gap = gap
    }

    var isEmpty: Bool { head.isEmpty }

    mutating func append(_ bytes: some Collection<UInt8>) {
        let room = part - head.count
        if room > 0 { head.append(contentsOf: bytes.prefix(room)) }
        let rest = bytes.dropFirst(room)
        if rest.isEmpty { return }
        hasGap = hasGap || tail.count + rest.count > part
        tail.append(contentsOf: rest.suffix(part))
        if tail.count > 2 * part { tail.removeFirst(tail.count - part) }
    }

    mutating func append(line: String) {
        var line = line
        line.withUTF8 { append($0) }
        append(CollectionOfOne(UInt8(ascii: "\n")))
    }

    mutating func removeAll() {
        head.removeAll(keepingCapacity: true)
        tail.removeAll(keepingCapacity: true)
        hasGap = false
    }

    var description: String {
        String(decoding: head, as: UTF8.self) + (hasGap ? gap : "") + String(decoding: tail.suffix(part), as: UTF8.self)
    }
}
