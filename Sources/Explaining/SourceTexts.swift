import Git
import GoToolchain

/// The lines of files at both commits, each file read once.
final class SourceTexts {
    /// Which of the two compared commits a file is read at.
    enum Side { case before, after }

    private let repository: Repository
    private let commits: [Side: ObjectID]
    private let pinnedTests: ObjectID?
    private var files: [Side: [String: File]] = [:]

    /// What is known of a file.
    private struct File {
        let lines: [Substring]
        /// The name of the function declaration that each line is in, as gofmt writes them.
        let enclosing: [String?]
        /// The functions that it declares, with their lines.
        let functions: [String: Int]

        init(_ text: String) {
            // As Go counts: other characters that some take for line ends are none.
            lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
            functions = FunctionLines.read(text)
            var current: String?
            enclosing = lines.map { line in
                if line.hasPrefix("func ") { current = File.name(ofDeclaration: line.dropFirst(5)) }
                defer { if line.hasPrefix("}") || line.hasPrefix("func ") && line.hasSuffix("}") { current = nil } }
                return current
            }
        }

        private static func name(ofDeclaration text: Substring) -> String? {
            var rest = text
            if rest.first == "(", let end = rest.firstIndex(of: ")") {
                rest = rest[rest.index(after: end)...].drop { $0 == " " }
            }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            return name.isEmpty ? nil : String(name)
        }
    }

    init(_ repository: consuming Repository, before: ObjectID, after: ObjectID, pinnedTests: ObjectID?) {
        self.repository = repository
        commits = [.before: before, .after: after]
        self.pinnedTests = pinnedTests
    }

    /// All lines of a file; none when there is no such file, or it cannot be read.
    func lines(_ side: Side, _ path: String) -> [Substring] { file(side, path).lines }

    /// The whole text of a file; nil when there is none.
    func content(_ side: Side, _ path: String) -> String? {
        let lines = lines(side, path)
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    /// A line's text, without blanks around it; nil when there is none.
    func text(_ side: Side, _ path: String, _ line: Int) -> String? {
        let lines = lines(side, path)
        return lines.indices.contains(line - 1) ? String(lines[line - 1]).trimmed : nil
    }

    /// The functions that a file declares, with their lines.
    func functions(_ side: Side, _ path: String) -> [String: Int] { file(side, path).functions }

    /// The name of the function declaration that a line is in.
    func function(_ side: Side, _ path: String, _ line: Int) -> String? {
        let enclosing = file(side, path).enclosing
        return enclosing.indices.contains(line - 1) ? enclosing[line - 1] : nil
    }

    private func file(_ side: Side, _ path: String) -> File {
        if let known = files[side]?[path] { return known }
        let commit = path.isTest ? pinnedTests ?? commits[side] : commits[side]
        // The text only makes the explanation easier to read.
        let content = commit.flatMap { try? repository.file(path, at: $0) } ?? []
        let file = File(String(decoding: content, as: UTF8.self))
        files[side, default: [:]][path] = file
        return file
    }
}

extension String {
    /// The text without blanks at either end, as Go takes them.
    var trimmed: String {
        let blanks = Array(" \t\r\n".utf8)
        guard let first = utf8.firstIndex(where: { !blanks.contains($0) }),
            let last = utf8.lastIndex(where: { !blanks.contains($0) })
        else { return "" }
        return String(Substring(utf8[first...last]))
    }
}
