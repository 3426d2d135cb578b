/// One result line of the Go benchmark format: a name, an iteration count and values by unit.
public struct BenchmarkResult: Hashable, Sendable {
    /// The name as Go prints it, without the `-GOMAXPROCS` suffix.
    public let name: String
    /// How many iterations ran.
    public let iterations: Int
    /// Finite values by unit, e.g. `["ns/op": 102.4]`. A unit printed twice keeps its first value.
    public var values: [String: Double]

    /// A result made by hand.
    public init(name: String, iterations: Int, values: [String: Double]) {
        self.name = name
        self.iterations = iterations
        self.values = values
    }

    /// Reads one line of `go test -bench` output; nil when the line is not a whole result line.
    ///
    /// - Parameters:
    ///   - line: The line without its line break.
    ///   - function: The benchmark function that is running. A benchmark that prints without a line break leaves its
    ///     text in front of the result; the result is then found by this name. Other functions' lines are left out.
    ///   - cpu: The GOMAXPROCS of the run, whose `-cpu` suffix Go appends to names unless it is 1.
    public init?(line: some StringProtocol, function: String? = nil, cpu: Int = 1) {
        if let function {
            guard let printed = PrintedName(in: String(line), function: function, cpu: cpu) else { return nil }
            self.init(name: printed.name, numbersAtEndOf: printed.rest)
        } else {
            self.init(wholeLine: String(line), cpu: cpu)
        }
    }

    private init?(wholeLine line: String, cpu: Int) {
        let fields = line.utf8.split { [" ", "\t", "\r"].contains(Unicode.Scalar($0)) }.map(Substring.init)
        guard fields.count >= 4, fields.count.isMultiple(of: 2), let printed = fields.first,
            printed.hasPrefix("Benchmark"), let iterations = Int(fields[1]), iterations > 0
        else { return nil }
        var values: [String: Double] = [:]
        for index in stride(from: 2, to: fields.count, by: 2) {
            guard let value = Double(fields[index]) else { return nil }
            let unit = String(fields[index + 1])
            if value.isFinite, values[unit] == nil { values[unit] = value }
        }
        let suffix = "-\(cpu)"
        name = String(cpu != 1 && printed.hasSuffix(suffix) ? printed.dropLast(suffix.count) : printed)
        self.iterations = iterations
        self.values = values
    }

    /// Reads what Go prints after the name: the iterations, and after a tab each a value with its unit.
    ///
    /// What the benchmark itself printed may stand in front of it.
    init?(name: String, numbersAtEndOf text: Substring) {
        var fields = text.utf8.split(separator: UInt8(ascii: "\t"))
        var values: [String: Double] = [:]
        var count = 0
        while let last = fields.last, let (value, unit) = BenchmarkResult.pair(last) {
            // From the last to the first, so that the first of a unit stands.
            values[unit] = value.isFinite ? value : nil
            fields.removeLast()
            count += 1
        }
        guard count > 0, let word = fields.last?.split(separator: UInt8(ascii: " ")).last,
            let iterations = Int(Substring(word)), iterations > 0
        else { return nil }
        self.init(name: name, iterations: iterations, values: values)
    }

    /// A value and its unit. A second number in the unit's place is the count after something that was printed.
    private static func pair(_ field: Substring.UTF8View) -> (Double, String)? {
        let words = field.split(separator: UInt8(ascii: " ")).map(Substring.init)
        guard words.count == 2, let value = Double(words[0]), Double(words[1]) == nil else { return nil }
        return (value, String(words[1]))
    }
}
