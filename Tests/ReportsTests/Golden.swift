import Foundation
import Testing

/// Compares a text with the file of that name in `Golden`, byte by byte, and tells the first lines that differ.
///
/// With `RECORD_GOLDEN=1 swift test --filter Golden` the files are written again instead; what has changed is then for
/// git to show, and for people to read.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
        return try Data(text.utf8).write(to: file)
    }
    if !endingsOfRawText.contains(file.pathExtension) {
        let hidden = text.unicodeScalars.filter { $0 != "\n" && $0.isHidden }
        #expect(
            hidden.allSatisfy { separators[file.pathExtension] == $0 },
            "\(name) has characters that could steer a terminal", sourceLocation: sourceLocation)
    }
    let known = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    guard !known.utf8.elementsEqual(text.utf8) else { return }
    Issue.record(
        """
        \(name) is not what it was. If the new text is meant: RECORD_GOLDEN=1 swift test --filter Golden
        \(difference(from: known, to: text))
        """, sourceLocation: sourceLocation)
}

/// The endings of what may hold any character: colours are escape sequences, and JSON has texts as they are.
private let endingsOfRawText = ["ansi", "json"]

/// What belongs to a format besides line feeds, by its ending.
private let separators: [String: Unicode.Scalar] = ["csv": "\r", "bench": "\t"]

/// The first lines that are not the same, at most three of each side.
private func difference(from known: String, to text: String) -> String {
    let (old, new) = (lines(of: known), lines(of: text))
    let first = zip(old, new).prefix { $0 == $1 }.count
    let (removed, added) = (old.dropFirst(first).prefix(3), new.dropFirst(first).prefix(3))
    return (["line \(first + 1):"] + removed.map { "- \($0)" } + added.map { "+ \($0)" }).joined(separator: "\n")
}

/// The lines by their bytes: a carriage return is a part of its line.
private func lines(of text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { "\(Substring($0))" }
}

extension Unicode.Scalar {
    /// Whether it is none that people see: a control character, a direction mark, or a line break of whatever kind.
    fileprivate var isHidden: Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
    }
}

/// A hand-made value by the name that its golden files have.
struct GoldenValue<Value>: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () throws -> Value
    var testDescription: String { name }

    init(_ name: String, _ make: @escaping @Sendable () throws -> Value) { (self.name, self.make) = (name, make) }
}

/// A form in which values are printed, by the ending that its golden files have.
///
/// Only checks, comparisons and histories fit their text to a terminal, so that only those have files for its width.
/// All other text takes no width, and is the same on every terminal.
struct GoldenForm<Value>: Sendable, CustomTestStringConvertible {
    let ending: String
    let text: @Sendable (Value) throws -> String
    var testDescription: String { ending }

    init(_ ending: String, _ text: @escaping @Sendable (Value) throws -> String) {
        (self.ending, self.text) = (ending, text)
    }

    /// Compares a value in this form with its golden file, whose name begins with that of the command.
    func expect(_ value: GoldenValue<Value>, of command: String) throws {
        try expectGolden(text(value.make()), "\(command)-\(value.name).\(ending)")
    }
}
