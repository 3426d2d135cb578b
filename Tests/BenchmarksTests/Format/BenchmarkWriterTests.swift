import Benchmarks
import TestSupport
import Testing

@Suite("Results written in the Go benchmark format")
struct BenchmarkWriterTests {
    @Test func keysStandInBlocksOfTheirOwnAndOnlyWhereTheyChange() {
        var writer = BenchmarkWriter(cpu: 1)
        for commit in ["a", "b"] {
            writer.set("goos", to: "linux")
            writer.set("commit", to: commit)
            writer.set("pkg", to: "example.com/m")
            writer.add(name: "BenchmarkA", iterations: 100, values: [("allocs/op", 2), ("B/op", 16.5)])
            writer.add(name: "BenchmarkB", iterations: 10, values: [("allocs/op", 1e-7)])
        }
        #expect(
            writer.text == """
                goos: linux
                commit: a
                pkg: example.com/m

                BenchmarkA\t100\t2.0 allocs/op\t16.5 B/op
                BenchmarkB\t10\t1e-07 allocs/op

                commit: b

                BenchmarkA\t100\t2.0 allocs/op\t16.5 B/op
                BenchmarkB\t10\t1e-07 allocs/op

                """)
    }

    @Test func fieldsHoldNoWhiteSpaceAndValuesAreFinite() {
        var writer = BenchmarkWriter(cpu: 4)
        writer.set("note", to: "a\nb: c\u{2028}d")
        writer.add(
            name: "BenchmarkA/x\u{a0}y z", iterations: 1, values: [("odd unit", 1), ("x", .nan), ("y", .infinity)])
        writer.add(name: "BenchmarkNone", iterations: 1, values: [("x", .nan)])
        writer.add(name: "BenchmarkNone", iterations: 1, values: [])
        #expect(writer.text == "note: a b: c d\n\nBenchmarkA/x_y_z-4\t1\t1.0 odd_unit\n")
    }

    @Test(arguments: [1, 4]) func whatIsWrittenIsReadBack(cpu: Int) {
        var generator = SeededGenerator(seed: cpu)
        var writer = BenchmarkWriter(cpu: cpu)
        var written: [BenchmarkResult] = []
        for number in 0..<200 {
            let values = (0..<Int.random(in: 1...5, using: &generator)).map { unit in
                (unit: "unit\(unit)/op", value: Double.random(in: -1e9...1e9, using: &generator) / 1e5)
            }
            let iterations = Int.random(in: 1...10_000, using: &generator)
            writer.add(name: "BenchmarkX/\(number)-8", iterations: iterations, values: values)
            written.append(
                BenchmarkResult(
                    name: "BenchmarkX/\(number)-8", iterations: iterations,
                    values: Dictionary(uniqueKeysWithValues: values.map { ($0.unit, $0.value) })))
        }
        let read = writer.text.split(separator: "\n").compactMap { BenchmarkResult(line: $0, cpu: cpu) }
        #expect(read == written)
    }
}
