import Benchmarks
import Testing

@Suite("One line of a benchmark's results")
struct BenchmarkResultTests {
    @Test func unitsOfEverySize() throws {
        for result in [
            BenchmarkResult(line: GoOutput.units),
            BenchmarkResult(line: "printed first " + GoOutput.units, function: "BenchmarkUnits"),
        ] {
            let result = try #require(result)
            #expect(result.name == "BenchmarkUnits" && result.iterations == 100)
            #expect(
                result.values == [
                    "ns/op": 50.98, "MB/s": 80345.23, "größe/op": 12, "huge/op": 1e300, "neg/op": -3.5,
                    "small-ns/op": 0.0001235, "tiny/op": 0, "zero": 0, "B/op": 16, "allocs/op": 1,
                ])
        }
    }

    private static let suffixOfTheRunIsCutOnceCases: [(String, Int, String)] = [
        ("BenchmarkA-4", 4, "BenchmarkA"), ("BenchmarkA-4", 1, "BenchmarkA-4"), ("BenchmarkA-4", 8, "BenchmarkA-4"),
        ("BenchmarkA/x-8-8", 8, "BenchmarkA/x-8"), ("BenchmarkA/x-8", 1, "BenchmarkA/x-8"),
        ("BenchmarkA-1", 1, "BenchmarkA-1"),
    ]

    @Test(arguments: suffixOfTheRunIsCutOnceCases)
    func suffixOfTheRunIsCutOnce(printed: String, cpu: Int, name: String) {
        #expect(BenchmarkResult(line: "\(printed) 10 5 ns/op", cpu: cpu)?.name == name)
    }

    @Test func firstOfAUnitStands() {
        let line = "BenchmarkA\t10\t5 ns/op\t1 x\t2 x"
        #expect(BenchmarkResult(line: line)?.values == ["ns/op": 5, "x": 1])
        #expect(BenchmarkResult(line: line, function: "BenchmarkA")?.values == ["ns/op": 5, "x": 1])
    }

    @Test(arguments: [
        "", "BenchmarkA", "BenchmarkA 10", "BenchmarkA 10 5", "BenchmarkA 10 5 ns/op 3", "BenchmarkA ten 5 ns/op",
        "BenchmarkA 0 NaN ns/op", "BenchmarkA -3 5 ns/op", "BenchmarkA 10 five ns/op", " x BenchmarkA 10 5 ns/op",
        "benchmarkA 10 5 ns/op", "BenchmarkA 99999999999999999999 5 ns/op", "PASS", "ok  \texample.com/m\t0.018s",
    ])
    func otherLinesAreNoResult(line: String) {
        #expect(BenchmarkResult(line: line) == nil)
        #expect(BenchmarkResult(line: line, function: "BenchmarkA") == nil)
    }

    @Test func otherFunctionsAreLeftOut() {
        let line = "BenchmarkAB\t10\t5 ns/op"
        #expect(BenchmarkResult(line: line, function: "BenchmarkA") == nil)
        #expect(BenchmarkResult(line: line, function: "BenchmarkAB") != nil)
        #expect(
            BenchmarkResult(line: "BenchmarkA/BenchmarkA\t10\t5 ns/op", function: "BenchmarkA")?.name
                == "BenchmarkA/BenchmarkA")
        #expect(
            BenchmarkResult(line: "BenchmarkABenchmarkA\t10\t5 ns/op", function: "BenchmarkA")?.name == "BenchmarkA")
    }
}
