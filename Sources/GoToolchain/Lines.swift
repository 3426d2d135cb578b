import Synchronization

/// Lines collected from a process while it runs.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    @Sendable func append(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
    var joined: String { all.joined(separator: "\n") }
}
