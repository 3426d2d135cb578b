/// The output of `go test -bench`, plain or with `key: value` lines that somebody added.
public struct BenchmarkLog: Sendable {
    /// The results, in the order of the text.
    public private(set) var results: [ForeignResult] = []
    /// The lines that look like results and are none.
    public private(set) var problems: [(line: Int, reason: String)] = []

    /// Reads a log line by line. A `commit:` line holds until the next one, as the keys `pkg`, `goos` and `goarch` do.
    public init(_ text: String) {
        var configuration: [String: String] = [:]
        for (number, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        {
            let line = String(line.last == "\r" ? line.dropLast() : line)
            if let field = ConfigurationLine(line) {
                configuration[field.key] = field.value.trimmingBlanks
            } else if line.hasPrefix("Benchmark"),
                line.unicodeScalars.dropFirst(9).first?.properties.isLowercase != true
            {
                guard let result = BenchmarkResult(line: line) else {
                    // Go prints a bare name before it runs a benchmark that prints something, or with -v.
                    if line.contains(where: \.isWhitespace) { problems.append((number + 1, "not a whole result line")) }
                    continue
                }
                let platform = [configuration["goos"], configuration["goarch"]].compactMap { $0 }
                results.append(
                    ForeignResult(
                        commit: configuration["commit"].flatMap { $0.isEmpty ? nil : $0 },
                        package: configuration["pkg"] ?? "", platform: platform.joined(separator: "/"), result: result))
            }
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var rest = unicodeScalars[...]
        while rest.first?.properties.isWhitespace == true { rest.removeFirst() }
        while rest.last?.properties.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
