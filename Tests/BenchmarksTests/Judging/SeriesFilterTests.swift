import Benchmarks
import Testing

@Suite("Which series a filter means")
struct SeriesFilterTests {
    @Test(
        "Packages by folder",
        arguments: [
            ("./book", "book", true), ("./book", "book/pdf", false), ("./book/...", "book/pdf", true),
            ("./book/...", "book", true), ("./book/...", "bookshop", false), (".", ".", true), (".", "book", false),
            ("./...", ".", true), ("./...", "book", true),
        ])
    func packages(package: String, folder: String, isMeant: Bool) {
        let filter = SeriesFilter(package: package)
        #expect(filter.matches(Benchmark(package: folder, name: "BenchmarkX"), .bytes) == isMeant)
    }

    @Test("Benchmarks by a regular expression, and metrics")
    func names() throws {
        let filter = try SeriesFilter(benchmark: "^BenchmarkMux/route", metric: .allocations)
        let mux = Benchmark(package: "m", name: "BenchmarkMux/route:/a")
        #expect(filter.matches(mux, .allocations))
        #expect(!filter.matches(mux, .bytes))
        #expect(!filter.matches(Benchmark(package: "m", name: "BenchmarkMux"), .allocations))
        #expect(throws: SeriesFilterError.self) { try SeriesFilter(benchmark: "(") }
        for deep in ["(", "[", "(?=", "[^[", "()", "a|("] {
            #expect(throws: SeriesFilterError.self) {
                try SeriesFilter(benchmark: "^" + String(repeating: deep, count: 5000))
            }
        }
    }

    @Test("The last threshold that fits a series counts, before those of whole metrics")
    func thresholds() throws {
        var rules = try ThresholdRules(["allocs/op=+1"])
        rules.add(try Threshold("+2"), for: SeriesFilter(package: "./book"))
        rules.add(try Threshold("+3"), for: try SeriesFilter(benchmark: "Depth", metric: .bytes))
        let depth = Benchmark(package: "book", name: "BenchmarkDepth")
        #expect(rules.threshold(for: .bytes, of: depth).description == "+3")
        #expect(rules.threshold(for: .allocations, of: depth).description == "+2")
        let other = Benchmark(package: "feed", name: "BenchmarkOther")
        #expect(rules.threshold(for: .allocations, of: other).description == "+1")
        #expect(rules.namedMetrics == [.allocations, .bytes])
    }
}
