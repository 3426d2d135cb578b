/// Reads the result lines of one benchmark function out of what a test binary prints.
///
/// Go prints a benchmark's name before it runs and the numbers after it. What the benchmark itself prints in between
/// breaks the line in two, so a name is remembered until its numbers come.
public struct BenchmarkReader: Sendable {
    private let function: String
    private let cpu: Int
    private var pendingName: String?

    /// A reader for a run of one function, such as `BenchmarkMux`, at one `-cpu`.
    public init(function: String, cpu: Int) {
        self.function = function
        self.cpu = cpu
    }

    /// Takes the next line; returns a result when the line completes one.
    public mutating func read(_ line: String) -> BenchmarkResult? {
        let printed = PrintedName(in: line, function: function, cpu: cpu)
        if let printed { pendingName = printed.name }
        guard let name = pendingName,
            let result = BenchmarkResult(name: name, numbersAtEndOf: printed?.rest ?? line[...]),
            printed != nil || result.values[Metric.time.unit] ?? result.values[Metric.allocations.unit] != nil
        else { return nil }
        pendingName = nil
        return result
    }
}
