/// What cachegrind counted: the instructions of one process, by line of its source.
///
/// Source of the format: https://valgrind.org/docs/manual/cg-manual.html#cg-manual.outputformat
public struct CachegrindProfile: Sendable, Equatable {
    /// All instructions of the process.
    public let total: Int
    /// The instructions of each line.
    public let lines: [Line: Int]

    /// A line of a function.
    public struct Line: Hashable, Sendable {
        /// The function, as Go names it.
        public let function: String
        /// The file, as the compiler names it.
        public let file: String
        /// The line, from 1 on; 0 where it is not known.
        public let line: Int

        /// A line from its parts.
        public init(function: String, file: String, line: Int) {
            (self.function, self.file, self.line) = (function, file, line)
        }
    }

    /// Reads what cachegrind wrote at the end of a process; nil unless it is whole: the instructions come first among the
    /// events, and the summary at the end has the sum of all lines.
    public init?(_ text: String) {
        var (function, file) = ("", "")
        var lines: [Line: Int] = [:]
        var (sum, total) = (0, Int?.none)
        for row in text.utf8.split(separator: UInt8(ascii: "\n")).lazy.map({ Substring($0) }) {
            if let first = row.utf8.first, first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") {
                let words = row.split(separator: " ", maxSplits: 2)
                guard words.count > 1, let line = Int(words[0]), let count = Int(words[1]), count >= 0 else {
                    return nil
                }
                let (added, isTooMuch) = sum.addingReportingOverflow(count)
                guard !isTooMuch else { return nil }
                sum = added
                lines[Line(function: function, file: file, line: line), default: 0] += count
            } else if row.hasPrefix("fl=") || row.hasPrefix("fi=") || row.hasPrefix("fe=") {
                file = String(row.dropFirst(3))
            } else if row.hasPrefix("fn=") {
                function = String(row.dropFirst(3))
            } else if row.hasPrefix("events:") {
                guard row.dropFirst(7).split(separator: " ").first == "Ir" else { return nil }
            } else if row.hasPrefix("summary:") {
                total = row.dropFirst(8).split(separator: " ").first.flatMap { Int($0) }
            }
        }
        guard let total, total == sum else { return nil }
        (self.total, self.lines) = (total, lines)
    }
}
