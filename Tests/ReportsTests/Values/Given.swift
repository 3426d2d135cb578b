import Git

@testable import Reports

/// What all hand-made values are made from.
enum Given {
    /// Text without colours, as in a file, and with them, as on a terminal.
    static let (plain, colored) = (TextStyle(hasColor: false), TextStyle(hasColor: true))

    /// A text as an attacker may write it: it begins with the field's name, and then tries to steer a terminal, to become
    /// markup, to end a cell, an attribute or a line, to give a command to a workflow, and to turn the direction of what
    /// follows.
    static func hostile(_ field: String) -> String {
        "\(field)\u{1b}[31m<script>`|*_[x](y)\"'&@a#1\r\n::error::%,;\u{202e}\u{2028}\u{9b}"
    }

    /// An id of twenty times the same byte.
    static func id(_ number: Int) -> ObjectID {
        let byte = (number < 16 ? "0" : "") + String(number, radix: 16)
        return ObjectID(String(repeating: byte, count: ObjectID.byteCount))!
    }

    /// A commit of 2026, a day later for each number, in time zones that shift the day.
    static func commit(
        _ number: Int, _ subject: String = "book: walk the levels", by name: String = "Ada", merging other: Int? = nil
    ) -> Commit {
        let signature = Signature(
            name: name, email: "ada@example.com", time: 1_767_225_600 + 86_400 * Int64(number),
            offsetMinutes: number.isMultiple(of: 3) ? -210 : 60)
        let parents = (number == 0 ? [] : [id(number - 1)]) + (other.map { [id($0)] } ?? [])
        return Commit(
            id: id(number), parents: parents, tree: id(255), author: signature, committer: signature, subject: subject,
            message: subject + "\n")
    }

    /// The snapshot of a work tree, with an id of a number.
    static func snapshot(_ number: Int) -> Commit {
        var commit = commit(number, "The work tree", by: "allocbisect")
        commit.isSnapshot = true
        return commit
    }

    /// A commit of which all that a stranger may write is hostile.
    static func hostileCommit(_ number: Int) -> Commit {
        commit(number, hostile("subject"), by: hostile("author"))
    }

    /// Every case of an enum whose cases have values. The closure is a switch that tells which one follows on another, so
    /// that a new case does not build before it stands there.
    static func everyCase<Value>(from first: Value, next: @escaping (Value) -> Value?) -> [Value] {
        Array(sequence(first: first, next: next))
    }
}
