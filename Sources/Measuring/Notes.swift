import Synchronization

/// What the user should know of how commits are measured, each thing once, in the order in which it was found out.
package final class Notes: Sendable {
    private let notes = Mutex<[String]>([])

    /// Adds what is not known yet.
    package func add(_ more: [String]) {
        notes.withLock { notes in
            for note in more where !notes.contains(note) { notes.append(note) }
        }
    }

    /// All of them.
    package var all: [String] { notes.withLock { $0 } }
}
