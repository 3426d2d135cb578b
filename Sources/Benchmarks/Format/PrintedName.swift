/// A benchmark's name as `go test` prints it before the numbers: the name, the `-GOMAXPROCS` suffix, padding, a tab.
///
/// What a benchmark itself printed may stand right before and after it.
struct PrintedName {
    /// The name without the suffix.
    let name: String
    /// What follows the tab.
    let rest: Substring

    /// Finds the last name of one function or of its sub-benchmarks in a line.
    init?(in line: String, function: String, cpu: Int) {
        var end = line.utf8.endIndex
        for segment in line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).reversed() {
            // Only what a tab follows can be a name; Go leaves no blanks and control characters in it.
            if segment.endIndex < line.utf8.endIndex, let word = segment.split(whereSeparator: { $0 <= 0x20 }).last,
                let name = PrintedName.name(endOf: word, function: function, cpu: cpu)
            {
                self.name = name
                rest = line[end...]
                return
            }
            end = segment.startIndex
        }
        return nil
    }

    private static func name(endOf word: Substring.UTF8View, function: String, cpu: Int) -> String? {
        let suffix = cpu == 1 ? "" : "-\(cpu)"
        guard word.count >= function.utf8.count + suffix.utf8.count,
            word.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        else { return nil }
        let word = word.dropLast(suffix.utf8.count)
        for start in word.indices where word[start...].starts(with: function.utf8) {
            let next = word[start...].dropFirst(function.utf8.count).first
            if next == nil || next == UInt8(ascii: "/") { return String(Substring(word[start...])) }
        }
        return nil
    }
}
