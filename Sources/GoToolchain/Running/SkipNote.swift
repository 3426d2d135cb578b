import Synchronization

/// Finds in what Go prints with `-test.v` that a benchmark skipped itself, and what it said to that.
final class SkipNote: Sendable {
    private struct State {
        var recent: [String] = []
        var hasSkipped = false
    }
    private let state = Mutex(State())
    private let mark: String

    init(function: String) { mark = "--- SKIP: \(function)" }

    /// Takes the next line. What a benchmark logs comes indented, right before the line that tells how it ended.
    @Sendable func append(_ line: String) {
        state.withLock { state in
            if state.hasSkipped { return }
            if line.contains(mark) {
                state.hasSkipped = true
            } else if line.hasPrefix("    ") {
                state.recent = state.recent.suffix(4) + [line]
            } else {
                state.recent.removeAll()
            }
        }
    }

    /// What was said; nil when nothing was skipped.
    var text: String? {
        state.withLock { $0.hasSkipped ? $0.recent.joined(separator: "\n").excerpt : nil }
    }
}
