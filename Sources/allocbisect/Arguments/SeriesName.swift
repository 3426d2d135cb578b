import ArgumentParser
import Benchmarks

/// A series as it is printed: a benchmark, perhaps with its package before it and its metric after it.
struct SeriesName {
    let benchmark: String
    /// The import path; nil where none is given.
    let package: String?
    /// nil where none is given.
    let metric: Metric?

    /// Reads a name such as `BenchmarkDecode`, `BenchmarkDecode allocs/op` or `example.com/m BenchmarkDecode`.
    init(argument: String) throws {
        let words = argument.split(separator: " ").map(String.init)
        guard let place = words.firstIndex(where: { FunctionKind(of: $0) != nil }), place < 2, words.count < place + 3
        else {
            throw ValidationError(
                "Write a benchmark's full name, such as BenchmarkDecode, or a series as it is printed, such as "
                    + "'example.com/m BenchmarkDecode allocs/op'. Two commits are one word: A..B.")
        }
        benchmark = words[place]
        package = place > 0 ? words[0] : nil
        metric = words.dropFirst(place + 1).first.map(Metric.init)
    }
}
