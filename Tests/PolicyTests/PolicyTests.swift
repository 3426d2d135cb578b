import Benchmarks
import Policy
import Testing

@Suite("A policy's file")
struct PolicyTests {
    @Test("Everything that can be said is read")
    func whole() throws {
        let policy = try Policy(
            yaml: """
                packages: [./book/..., ./feed]
                benchmarks: ^Benchmark(Depth|Render)$/small
                metrics:
                  - allocs/op
                  - ns/op
                severity: warn
                missing: warn
                thresholds:
                  - threshold: +7%
                  - benchmark: ^BenchmarkRender
                    package: ./report/...
                    metric: allocs/op
                    threshold: '>100'
                    severity: fail
                ignore:
                  - benchmark: Dial
                    reason: depends on the kernel
                    until: 2026-12-31
                accept:
                  - commit: 3f1c2d4
                    benchmark: ^BenchmarkDepth$
                    metric: allocs/op
                    reason: exact depths
                """)
        #expect(policy.packages == ["./book/...", "./feed"])
        #expect(policy.pattern?.rest == "small")
        #expect(policy.metrics == [.allocations, .time])
        #expect(policy.severity == .warn && policy.missing == .warn)
        let render = Benchmark(package: "report/pdf", name: "BenchmarkRender/a")
        #expect(policy.thresholds.threshold(for: .allocations, of: render).description == ">100")
        #expect(policy.thresholds.threshold(for: .bytes, of: render).description == "+7%")
        #expect(policy.severity(of: render, .allocations) == .fail)
        #expect(policy.severity(of: render, .bytes) == .warn)
        let dial = Benchmark(package: ".", name: "BenchmarkDial")
        let (last, next) = (try #require(Day("2026-12-31")), try #require(Day("2027-01-01")))
        #expect(policy.ignore(of: dial, .bytes, on: last)?.line == 16)
        #expect(policy.ignore(of: dial, .bytes, on: next) == nil)
        #expect(policy.acceptances.map(\.commit) == ["3f1c2d4"])
        #expect(policy.acceptances.map(\.reason) == ["exact depths"])
    }

    @Test("Bounds of an 'any' are entries of their own, and those of an 'all' count together")
    func bounds() throws {
        let bounds = "[{metric: allocs/op, threshold: +5%}, {metric: B/op, threshold: +10%}]"
        let any = try Policy(yaml: "thresholds: [{package: ./book, benchmark: Depth, severity: warn, any: \(bounds)}]")
        let entry = "package: ./book, benchmark: Depth, severity: warn"
        let apart = try Policy(
            yaml:
                "thresholds: [{\(entry), metric: allocs/op, threshold: +5%}, {\(entry), metric: B/op, threshold: +10%}]"
        )
        #expect(any.limits == apart.limits && any.thresholds == apart.thresholds)
        let all = try Policy(yaml: "thresholds: [{\(entry), all: \(bounds)}]")
        #expect(all.thresholds == any.thresholds && all.namedMetrics.contains(.bytes))
        let (depth, other) = (Benchmark(package: "book", name: "BenchmarkDepth"), Benchmark(package: "a", name: "B"))
        #expect(all.severity(of: depth, .bytes) == .warn && all.severity(of: other, .bytes) == .fail)
        #expect(all.condition(of: depth, .bytes) == [.allocations, .bytes])
        #expect(all.condition(of: depth, .time).isEmpty && all.condition(of: other, .bytes).isEmpty)
        #expect(any.condition(of: depth, .bytes).isEmpty)
    }

    @Test("A later entry takes its metrics out of an 'all' before it")
    func laterEntries() throws {
        let all = """
            thresholds:
              - all: [{metric: allocs/op, threshold: +5%}, {metric: B/op, threshold: +9%}, {metric: ns/op, threshold: x2}]

            """
        func conditions(_ later: String) throws -> [[Metric]] {
            let policy = try Policy(yaml: all + later)
            let benchmark = Benchmark(package: ".", name: "BenchmarkDepth")
            return [.allocations, .bytes, .time].map { policy.condition(of: benchmark, $0) }
        }
        #expect(try conditions("  - {metric: B/op, severity: warn}").allSatisfy { $0.count == 3 })
        let left: [Metric] = [.allocations, .time]
        #expect(try conditions("  - {metric: B/op, threshold: +50%}") == [left, [], left])
        #expect(try conditions("  - {metric: B/op, threshold: +50%, benchmark: Render}").allSatisfy { $0.count == 3 })
        #expect(try conditions("  - {threshold: +50%}") == [[], [], []])
        let pair = "  - all: [{metric: allocs/op, threshold: +1}, {metric: B/op, threshold: +1}]"
        #expect(try conditions(pair) == [[.allocations, .bytes], [.allocations, .bytes], []])
    }

    @Test("Where a metric is named first is known by line and column")
    func metricPlaces() throws {
        let text = """
            metrics: [allocs/op, allocs]
            thresholds:
              - {metric: allocs, threshold: +1}
              - all: [{metric: B/op, threshold: +1}, {metric: goroutines, threshold: +1}]
            """
        #expect(
            try Policy(yaml: text, file: "p.yml").metricPlaces == [
                Metric("allocs/op"): "p.yml:1:11", Metric("allocs"): "p.yml:1:22", Metric("B/op"): "p.yml:4:20",
                Metric("goroutines"): "p.yml:4:51",
            ])
    }

    @Test("What says nothing is the standard policy", arguments: ["", "# nothing yet\n", "---\n"])
    func empty(text: String) throws { #expect(try Policy(yaml: text) == Policy()) }

    @Test(
        "What is wrong is reported with file, line and column",
        arguments: [
            ("packages: ./...", 1, 11, "list"),
            ("packages: []", 1, 11, "empty"),
            ("severity: warn\ntreshold: 1", 2, 1, "Unknown key 'treshold'"),
            ("severity: error", 1, 11, "Use fail or warn"),
            ("benchmarks: 'Bench(mark'", 1, 13, "regular expression"),
            ("benchmarks: 'A|B/c'", 1, 13, "parentheses"),
            ("thresholds:\n  - threshold: much", 2, 16, "not a valid threshold"),
            ("thresholds:\n  - benchmark: x", 2, 5, "sets nothing"),
            ("thresholds:\n  - threshold: +1\n    benchmark: '('", 3, 16, "regular expression"),
            ("thresholds:\n  - threshold: +1\n    package: book", 3, 14, "./book"),
            ("thresholds:\n  - threshold: +1\n    until: 2026-12-31", 3, 5, "Unknown key 'until'"),
            ("thresholds:\n  threshold: +1", 2, 3, "list"),
            ("thresholds:\n  - all: [{metric: B/op, threshold: +1}]", 2, 10, "at least two bounds"),
            ("thresholds:\n  - any: +1", 2, 10, "list"),
            ("thresholds:\n  - all:\n    - metric: B/op\n    - threshold: +1", 3, 7, "'threshold' is missing"),
            ("thresholds:\n  - any:\n    - {threshold: +1, package: ./a}", 3, 23, "Unknown key 'package'"),
            (
                "thresholds:\n  - all: [{metric: B/op, threshold: +1}, {metric: B/op, threshold: +2}]", 2, 51,
                "B/op is listed twice"
            ),
            ("thresholds:\n  - all: [{metric: B/op, threshold: +1}]\n    any: [{metric: x}]", 3, 10, "either"),
            ("thresholds:\n  - threshold: +1\n    all: [{metric: B/op, threshold: +1}]", 2, 16, "has its own"),
            ("thresholds:\n  - any: [{metric: B/op, threshold: +1}]\n    metric: B/op", 3, 13, "has its own"),
            ("ignore:\n  - reason: x", 2, 5, "'until' is missing"),
            ("ignore:\n  - until: 2026-12-31", 2, 5, "'reason' is missing"),
            ("ignore:\n  - reason: x\n    until: 2026-02-29", 3, 12, "2026-12-31"),
            ("ignore:\n  - reason:\n    until: 2026-12-31", 2, 12, "value is missing"),
            ("accept:\n  - commit: main\n    benchmark: x\n    reason: y", 2, 13, "seven digits"),
            ("accept:\n  - commit: 3f1c2d4\n    reason: y", 2, 5, "'benchmark' is missing"),
            ("severity: fail\nseverity: warn", 1, 1, "twice"),
            ("just words", 1, 1, "keys and values"),
        ])
    func errors(text: String, line: Int, column: Int, words: String) throws {
        let error = #expect(throws: PolicyError.self) { try Policy(yaml: text, file: "policy.yml") }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.description.hasPrefix("policy.yml:\(line):\(column): ") == true)
    }

    @Test("Invalid YAML is reported with its line", arguments: ["a: [", "severity: fail\n\tx", "threshold: >100"])
    func syntax(text: String) throws {
        let error = #expect(throws: PolicyError.self) { try Policy(yaml: text) }
        #expect(error?.line != nil)
        #expect(error?.message.contains("Invalid YAML") == true)
    }

    @Test(
        "What would take a reader's stack, memory or time is refused",
        arguments: [
            "benchmarks: x" + String(repeating: "[", count: 6000),
            "benchmarks: x" + String(repeating: "(", count: 6000),
            "benchmarks: '" + String(repeating: "(?:", count: 60) + "'",
            "packages: " + String(repeating: "[", count: 100_000),
            String(repeating: "[\n", count: 900), String(repeating: "{a: ", count: 900),
            String(repeating: "- ", count: 100_000),
            "a: &a [1, 2]\n" + (0..<40).map { "? [*a, *a, \($0)]\n: &a [*a, *a]\n" }.joined(),
            "thresholds:" + String(repeating: "\n  - threshold: +5%", count: 50_000),
        ])
    func excess(text: String) {
        #expect(throws: PolicyError.self) { try Policy(yaml: text) }
    }

    @Test("Days that do not exist are none", arguments: ["2026-13-01", "2026-00-10", "2100-02-29", "26-1-1", "soon"])
    func days(text: String) { #expect(Day(text) == nil) }
}
