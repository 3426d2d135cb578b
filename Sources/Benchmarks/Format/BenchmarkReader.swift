/// Reads the result lines of one benchmark function out of what a test binary prints.
///
/// With a mark that only `testing` knows, its own lines are known by it, and tell their names. Without one, a name is
/// remembered until its numbers come: Go prints a benchmark's name before it runs and the numbers after it, and what the
/// benchmark itself prints in between breaks the line in two.
public struct BenchmarkReader: Sendable {
    private let function: String
    private let cpu: Int
    private let mark: Double?
    private var pendingName: String?

    /// What stands before the name in the unit that has a run's mark as its value.
    private static let markPrefix = "probe-of:"

    /// A reader for a run of one function, such as `BenchmarkMux`, at one `-cpu`.
    ///
    /// - Parameter mark: The number that the run was given for `testing` to mark its lines with; nil where it has none.
    public init(function: String, cpu: Int, mark: UInt32? = nil) {
        self.function = function
        self.cpu = cpu
        self.mark = mark.map { Double($0) }
    }

    /// Takes the next line; returns a result when the line completes one.
    public mutating func read(_ line: String) -> BenchmarkResult? {
        if let mark { return BenchmarkReader.marked(line, mark) }
        let printed = PrintedName(in: line, function: function, cpu: cpu)
        if let printed { pendingName = printed.name }
        guard let name = pendingName,
            let result = BenchmarkResult(name: name, numbersAtEndOf: printed?.rest ?? line[...]),
            printed != nil || result.values[Metric.time.unit] ?? result.values[Metric.allocations.unit] != nil
        else { return nil }
        pendingName = nil
        return result
    }

    private static func marked(_ line: String, _ mark: Double) -> BenchmarkResult? {
        guard line.utf8.contains(UInt8(ascii: ":")), let result = BenchmarkResult(name: "", numbersAtEndOf: line[...]),
            let unit = result.values.first(where: { $0.key.hasPrefix(markPrefix) && $0.value == mark })?.key
        else { return nil }
        return BenchmarkResult(
            name: String(Substring(unit.utf8.dropFirst(markPrefix.utf8.count))), iterations: result.iterations,
            values: result.values.filter { !$0.key.hasPrefix(markPrefix) })
    }
}
