import Synchronization

/// Lines collected from a process while it runs.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    private let mark: String?
    private let limit: Int

    /// A collector of all lines, or of so many from the first one on that has a mark.
    init(from mark: String? = nil, atMost limit: Int = .max) {
        self.mark = mark
        self.limit = limit
    }

    @Sendable func append(_ line: String) {
        lines.withLock { lines in
            guard lines.count < limit, !lines.isEmpty || mark.map(line.contains) ?? true else { return }
            lines.append(line)
        }
    }

    var all: [String] { lines.withLock { $0 } }
    var joined: String { all.joined(separator: "\n") }
}
