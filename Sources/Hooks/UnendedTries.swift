import Foundation
import Git
import Measuring

/// What the recorder had begun when it was killed, in a file that only it writes: a line is there before the work, and
/// gone after it, however that ended.
///
/// So a commit that takes the recorder down with it is known after a few tries, and does not keep it from the others.
struct UnendedTries {
    private let path: String

    /// Part of what a commit in the queue stands for.
    enum Step: String {
        case listing, measuring, searching
    }

    /// How often something is tried that never ends.
    static let limit = 3

    init(_ state: StateDirectory) { path = state.unendedTries }

    /// How often this was begun and did not end.
    func count(_ step: Step, of commit: ObjectID) -> Int {
        let line = UnendedTries.line(step, commit)
        return lines.count { $0 == line }
    }

    /// Does the work, with a note of it until it has ended.
    ///
    /// - Throws: What the work throws, or that the note could not be written.
    func during<Value>(_ step: Step, of commit: ObjectID, _ work: () async throws -> Value) async throws -> Value {
        try write(lines + [UnendedTries.line(step, commit)])
        let result: Result<Value, any Error>
        do { result = .success(try await work()) } catch { result = .failure(error) }
        try forget(step, of: commit)
        return try result.get()
    }

    /// Takes the notes of something away.
    func forget(_ step: Step, of commit: ObjectID) throws {
        let line = UnendedTries.line(step, commit)
        try write(lines.filter { $0 != line })
    }

    private static func line(_ step: Step, _ commit: ObjectID) -> String { "\(commit) \(step.rawValue)" }

    /// A file that is missing or damaged holds none.
    private var lines: [String] {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func write(_ lines: [String]) throws {
        // Removed where it would be empty, which needs no space.
        if lines.isEmpty, unlink(path) == 0 || errno == ENOENT { return }
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: path), options: .atomic)
    }
}
