import Git
import GoToolchain

/// The lines of files at both commits, each file read once.
final class Sources {
    /// The commits.
    enum Side { case before, after }

    private let repository: Repository
    private let commits: [Side: ObjectID]
    private let pinnedTests: ObjectID?
    private var files: [Side: [String: [Substring]]] = [:]

    init(_ repository: consuming Repository, before: ObjectID, after: ObjectID, pinnedTests: ObjectID?) {
        self.repository = repository
        commits = [.before: before, .after: after]
        self.pinnedTests = pinnedTests
    }

    /// All lines of a file; none when there is no such file, or it cannot be read.
    func lines(_ side: Side, _ path: String) -> [Substring] {
        if let known = files[side]?[path] { return known }
        let commit = path.isTest ? pinnedTests ?? commits[side] : commits[side]
        // The text only makes the explanation easier to read.
        let content = commit.flatMap { try? repository.file(path, at: $0) } ?? []
        let lines = String(decoding: content, as: UTF8.self)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        files[side, default: [:]][path] = lines
        return lines
    }

    /// A line's text, without blanks around it; nil when there is none.
    func text(_ side: Side, _ path: String, _ line: Int) -> String? {
        let lines = lines(side, path)
        guard lines.indices.contains(line - 1) else { return nil }
        return String(lines[line - 1]).trimmed
    }

    /// The functions that a file declares, with their lines.
    func functions(_ side: Side, _ path: String) -> [String: Int] {
        FunctionLines.read(lines(side, path).joined(separator: "\n"))
    }

    /// The name of the function declaration that a line lies in, as gofmt writes them.
    func function(_ side: Side, _ path: String, _ line: Int) -> String? {
        let lines = lines(side, path)
        guard lines.indices.contains(line - 1) else { return nil }
        for index in stride(from: line - 1, through: 0, by: -1) {
            if lines[index].hasPrefix("func ") { return Sources.name(ofDeclaration: lines[index].dropFirst(5)) }
            if lines[index].hasPrefix("}") && index != line - 1 { return nil }
        }
        return nil
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

extension String {
    /// The text without blanks at either end.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
