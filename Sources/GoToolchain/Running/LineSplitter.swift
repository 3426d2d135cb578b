import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Cuts a stream of bytes into lines and leaves empty ones out; of a line longer than 64 KiB the middle is dropped,
/// since what a benchmark prints may stand between its name and its numbers.
struct LineSplitter {
    private var pending = Excerpt(part: part, gap: " … ")
    private static let part = 32 << 10

    mutating func append(_ bytes: UnsafeRawBufferPointer, _ onLine: (String) -> Void) {
        var rest = bytes
        while let start = rest.baseAddress, let found = memchr(start, 0x0A, rest.count) {
            let length = UnsafeRawPointer(found) - start
            let line = UnsafeRawBufferPointer(rebasing: rest[..<length])
            rest = UnsafeRawBufferPointer(rebasing: rest[(length + 1)...])
            if pending.isEmpty && length <= 2 * LineSplitter.part {
                if length > 0 { onLine(String(decoding: line, as: UTF8.self)) }
            } else {
                pending.append(line)
                finish(onLine)
            }
        }
        pending.append(rest)
    }

    /// Hands out what stands after the last line break.
    mutating func finish(_ onLine: (String) -> Void) {
        if !pending.isEmpty { onLine(pending.description) }
        pending.removeAll()
    }
}

/// One stream of a process, as it is read piece by piece.
struct PrintedStream {
    /// The bytes that it may have.
    let limit: Int
    /// Hears each line, without the line break.
    let onLine: (@Sendable (String) -> Void)?
    /// Whether its beginning and its end are kept.
    var keepsExcerpt = false
    private var lines = LineSplitter()
    private var text = Excerpt()
    private var count = 0

    init(limit: Int, onLine: (@Sendable (String) -> Void)?, keepsExcerpt: Bool = false) {
        (self.limit, self.onLine, self.keepsExcerpt) = (limit, onLine, keepsExcerpt)
    }

    /// Takes what was read, and says whether that is still within the limit.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        count += bytes.count
        if keepsExcerpt { text.append(bytes) }
        if let onLine { lines.append(bytes, onLine) }
        return count <= limit
    }

    /// Hands out what stands after the last line break, and returns the excerpt.
    mutating func finish() -> String {
        if let onLine { lines.finish(onLine) }
        return text.description
    }
}

/// Lines collected from a process while it runs.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    @Sendable func append(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
    var joined: String { all.joined(separator: "\n") }
}
