import Benchmarks
import TestSupport
import Testing

@Suite("Results read from what go test prints")
struct BenchmarkReaderTests {
    @Test func namesOfSubBenchmarks() {
        let results = read(GoOutput.names, function: "BenchmarkNames", cpu: 1)
        #expect(
            results.map(\.name)
                == [
                    "route:/a", "with_space", "größe=ß", "日本", "#00", "x-8", "100_ns/op", "q\"uote", "a=1/b=2",
                ].map { "BenchmarkNames/" + $0 })
        #expect(results.allSatisfy { $0.iterations == 100 && $0.values["B/op"] == 16 && $0.values.count == 3 })
    }

    @Test func whatABenchmarkPrintsDoesNotHideItsResult() {
        let results = read(GoOutput.printing, function: "BenchmarkSub", cpu: 4)
        #expect(
            results.map(\.name) == ["one", "one_more", "logs", "numbers", "override"].map { "BenchmarkSub/" + $0 })
        #expect(results.map { $0.values["ns/op"] } == [541.7, 569, 1126, 1621, nil])
        #expect(results.allSatisfy { $0.iterations == 100 })
    }

    @Test func numbersNeedANameAndItsFunction() {
        #expect(read("     100\t       541.7 ns/op", function: "BenchmarkA", cpu: 1).isEmpty)
        #expect(read("BenchmarkB\t     100\t       541.7 ns/op", function: "BenchmarkA", cpu: 1).isEmpty)
        // A name counts for one result.
        let twice = "BenchmarkA\ttext\n 100\t 5 ns/op\n 200\t 6 ns/op"
        #expect(read(twice, function: "BenchmarkA", cpu: 1).map(\.iterations) == [100])
    }

    /// With a mark, a line tells by itself whose it is; whatever is printed around it, or looks like it, is left out.
    @Test func marksTellTestingsOwnLines() {
        var reader = BenchmarkReader(function: "BenchmarkA", cpu: 4, mark: 4_000_000_000)
        let tail = "100\t 5.5 ns/op\t4000000000 probe-of:BenchmarkA/x:y\t700 probe-mallocs\t 8 B/op\t 7 allocs/op"
        for line in ["BenchmarkA\t 10\t 5 ns/op\t 1 allocs/op", tail.replacing("4000000000", with: "4000000001"), ""] {
            #expect(reader.read(line) == nil)
        }
        for start in ["BenchmarkA/x:y-4 \t     ", "     ", "said BenchmarkB\t3 ns/op\tand "] {
            let result = reader.read(start + tail)
            #expect(result?.name == "BenchmarkA/x:y" && result?.iterations == 100)
            #expect(result?.values == ["ns/op": 5.5, "probe-mallocs": 700, "B/op": 8, "allocs/op": 7])
        }
    }

    @Test func combiningMarksDoNotHideASeparator() {
        let name = "BenchmarkA/\u{301}x"
        let results = read("\u{301}BenchmarkA/\u{301}x\t \u{301} 10\t 5 ns/op", function: "BenchmarkA", cpu: 1)
        #expect(results.map(\.name) == [name])
        #expect(Benchmark(package: ".", name: name).function == "BenchmarkA")
    }

    /// The reader sees what strangers' programs print: whatever it is, a result has a name that Go could have printed.
    @Test(arguments: 0..<40) func damagedOutputNeverGivesAForeignName(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let source = [GoOutput.names, GoOutput.printing, GoOutput.units]
        let functions = ["BenchmarkNames", "BenchmarkSub", "BenchmarkUnits"]
        for _ in 0..<50 {
            var bytes = Array(source.randomElement(using: &generator)!.utf8)
            for _ in 0..<Int.random(in: 1...20, using: &generator) {
                let start = Int.random(in: 0...bytes.count, using: &generator)
                let end = min(bytes.count, start + Int.random(in: 0...60, using: &generator))
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.removeSubrange(start..<end)
                case 1:
                    bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &generator))
                case 2: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: start)
                default: bytes.insert(contentsOf: [9, 10, 32, 45, 47, 49].shuffled(using: &generator), at: start)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let function = functions.randomElement(using: &generator)!
            for result in read(text, function: function, cpu: [1, 4].randomElement(using: &generator)!) {
                #expect(result.name == function || result.name.hasPrefix(function + "/"))
                #expect(result.iterations > 0 && result.values.values.allSatisfy(\.isFinite))
                #expect(!result.name.utf8.contains { $0 <= 32 })
            }
        }
    }

    private func read(_ text: String, function: String, cpu: Int) -> [BenchmarkResult] {
        var reader = BenchmarkReader(function: function, cpu: cpu)
        return text.split(separator: "\n").compactMap { reader.read(String($0)) }
    }
}
