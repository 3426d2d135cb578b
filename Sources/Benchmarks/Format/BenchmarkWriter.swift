/// Writes results in the Go benchmark format, as benchstat reads it.
///
/// Source of the format: https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md
public struct BenchmarkWriter: Sendable {
    /// What was written and not taken.
    public private(set) var text = ""
    private var isEmpty = true
    private let cpu: Int
    private var configuration: [String: String] = [:]
    private var isAfterResult = false

    /// A writer for results of one GOMAXPROCS, which Go appends to names unless it is 1.
    public init(cpu: Int) { self.cpu = cpu }

    /// Writes a configuration line, unless the key has that value already. It holds for all results that follow.
    ///
    /// - Parameter key: In lower case, without white space.
    public mutating func set(_ key: String, to value: String) {
        let value = value.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }.joined(separator: " ")
        guard configuration.updateValue(value, forKey: key) != value else { return }
        // Readable as paragraphs: keys, a blank line, results, a blank line.
        if isAfterResult { text += "\n" }
        isEmpty = false
        text += "\(key): \(value)\n"
        isAfterResult = false
    }

    /// Writes a result line; the name of a test gets `Benchmark` in front of it. A value that is not finite is left out,
    /// and a result without a value as well.
    ///
    /// - Parameter values: Values by unit, in the order in which they are written.
    public mutating func add(name: String, iterations: Int, values: [(unit: String, value: Double)]) {
        let values = values.filter(\.value.isFinite).map { "\($0.value) \(BenchmarkWriter.word($0.unit))" }
        guard !values.isEmpty else { return }
        if !isAfterResult && !isEmpty { text += "\n" }
        let suffix = cpu == 1 ? "" : "-\(cpu)"
        let printed = BenchmarkWriter.word(FunctionKind.printed(name)) + suffix
        text += "\(printed)\t\(iterations)\t\(values.joined(separator: "\t"))\n"
        (isAfterResult, isEmpty) = (true, false)
    }

    /// Takes what was written; what follows continues from there.
    public mutating func take() -> String {
        defer { text = "" }
        return text
    }

    /// A text as one field: readers split at white space of every kind.
    private static func word(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { word, scalar in
            word.unicodeScalars.append(scalar.properties.isWhitespace ? "_" : scalar)
        }
    }
}

extension Double {
    /// Reads a finite number without a sign: neither the hexadecimal numbers nor the words that Double reads as well.
    init?(plain text: some StringProtocol) {
        guard let first = text.first, first.isNumber || first == ".", !text.contains("x"), let value = Double(text),
            value.isFinite
        else { return nil }
        self = value
    }
}
