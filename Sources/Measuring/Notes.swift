import Synchronization

/// What the user should know of how commits are measured, each thing once, in the order in which it was found out.
package final class Notes: Sendable {
    /// A note, with the benchmarks that it is about, if it is about some.
    private struct Note {
        var text: String
        var names: [String] = []
    }
    private struct State {
        var notes: [Note] = []
        /// Where each text is.
        var places: [String: Int] = [:]
        var known: Set<[String]> = []
    }
    private let state = Mutex(State())

    /// Adds what is not known yet.
    package func add(_ more: [String]) {
        for note in more { add(note, about: nil) }
    }

    /// Adds a note about a benchmark. Benchmarks with the same note are listed together.
    package func add(_ note: String, about name: String?) {
        state.withLock { state in
            guard state.known.insert([note] + (name.map { [$0] } ?? [])).inserted else { return }
            let place = state.places[note] ?? state.notes.count
            if place == state.notes.count { state.notes.append(Note(text: note)) }
            state.places[note] = place
            if let name { state.notes[place].names.append(name) }
        }
    }

    /// Every note in the order in which they were made, each with at most three of the benchmarks that it is about.
    package var all: [String] {
        state.withLock { state in
            state.notes.map { note in
                let more = note.names.count > 3 ? " and \(note.names.count - 3) more" : ""
                return note.text + (note.names.isEmpty ? "" : ": ") + note.names.prefix(3).joined(separator: ", ")
                    + more
            }
        }
    }
}
