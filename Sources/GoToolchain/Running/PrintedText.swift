/// What a test binary printed besides its results, by the lines that tell why it did not come to its end.
struct PrintedText {
    private let lines: [Substring]
    /// How many lines a reason has at most.
    private static let most = 5

    /// Takes a text; what Go prints before the benchmarks, and before each of them, is left out.
    init(_ text: String) {
        lines = text.split(whereSeparator: \.isNewline).compactMap { line in
            if ["goos: ", "goarch: ", "pkg: ", "cpu: "].contains(where: line.hasPrefix) { return nil }
            // A benchmark's name comes before what it prints itself.
            let rest = line.prefixMatch(of: /(?:Benchmark|Test)\S*\s*\t/).map { line[$0.range.upperBound...] } ?? line
            return rest.allSatisfy(\.isWhitespace) ? nil : rest
        }
    }

    /// The last lines, of which the most telling one follows how the process ended.
    func reason(after ending: String) -> String {
        let telling = lines.filter { !["PASS", "FAIL"].contains($0) }
        // Whoever does not know a flag prints all that it knows after that.
        let flag = telling.firstIndex { $0.hasPrefix("flag provided but not defined") }
        guard let main = flag ?? telling.indices.last else { return ending }
        let others = flag == nil ? telling[..<main].suffix(PrintedText.most - 1) : []
        return (["\(ending): \(telling[main].trimmed)"] + others.map(\.trimmed)).joined(separator: "\n")
    }

    /// What benchmarks logged that failed, or what was printed before; nil when Go says of none that it failed.
    var failed: String? {
        let mark = "--- FAIL: "
        guard let first = lines.firstIndex(where: { $0.contains(mark) }) else { return nil }
        var told: [String] = []
        var name = ""
        for line in lines[first...] {
            if let start = line.firstRange(of: mark) {
                name = String(line[start.upperBound...].prefix { $0 != " " })
            } else if line.hasPrefix("    ") {
                // Of several sub-benchmarks each tells its own.
                told.append(name.contains("/") ? "\(name): \(line.trimmed)" : line.trimmed)
            } else {
                name = ""
            }
        }
        if told.isEmpty { told = lines[..<first].suffix(PrintedText.most).map(\.trimmed) }
        return (told.isEmpty ? [lines[first].trimmed] : told).prefix(PrintedText.most).joined(separator: "\n")
    }

    /// What the runtime said when a process panicked, with the first call of the repository's own; nil when it did not.
    static func panic(in text: String, below root: String) -> String? {
        let starts = ["panic: ", "fatal error: "].compactMap { text.firstRange(of: $0)?.lowerBound }
        guard let start = starts.min() else { return nil }
        let lines = text[start...].split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let said = lines.prefix { !$0.isEmpty && !$0.hasPrefix("goroutine ") }.prefix(most - 1)
        let place = lines.dropFirst(said.count).lazy.compactMap { line in
            line.wholeMatch(of: /\t(.*:\d+)(?: \+0x[0-9a-f]+)?/).flatMap { String($0.1).path(below: root) }
        }.first
        return (said.map(\.trimmed) + (place.map { ["at \($0)"] } ?? [])).joined(separator: "\n")
    }
}

extension Substring {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
