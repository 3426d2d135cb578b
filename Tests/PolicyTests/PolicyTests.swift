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

    @Test("What says nothing is the standard policy", arguments: ["", "# nothing yet\n", "---\n"])
    func empty(text: String) throws { #expect(try Policy(yaml: text) == Policy()) }

    @Test(
        "What is wrong is reported with file, line and column",
        arguments: [
            ("packages: ./...", 1, 11, "list"),
            ("packages: []", 1, 11, "empty"),
            ("severity: warn\ntreshold: 1", 2, 1, "'treshold' is no key"),
            ("severity: error", 1, 11, "fail, or warn"),
            ("benchmarks: 'Bench(mark'", 1, 13, "regular expression"),
            ("benchmarks: 'A|B/c'", 1, 13, "parentheses"),
            ("thresholds:\n  - threshold: much", 2, 16, "not a valid threshold"),
            ("thresholds:\n  - benchmark: x", 2, 5, "sets nothing"),
            ("thresholds:\n  - threshold: +1\n    benchmark: '('", 3, 16, "regular expression"),
            ("thresholds:\n  - threshold: +1\n    package: book", 3, 14, "./book"),
            ("thresholds:\n  - threshold: +1\n    until: 2026-12-31", 3, 5, "'until' is no key"),
            ("thresholds:\n  threshold: +1", 2, 3, "list"),
            ("ignore:\n  - reason: x", 2, 5, "'until' is missing"),
            ("ignore:\n  - until: 2026-12-31", 2, 5, "'reason' is missing"),
            ("ignore:\n  - reason: x\n    until: 2026-02-29", 3, 12, "2026-12-31"),
            ("ignore:\n  - reason:\n    until: 2026-12-31", 2, 12, "no value"),
            ("accept:\n  - commit: main\n    benchmark: x\n    reason: y", 2, 13, "seven digits"),
            ("accept:\n  - commit: 3f1c2d4\n    reason: y", 2, 5, "'benchmark' is missing"),
            ("severity: fail\nseverity: warn", 1, 1, "twice"),
            ("just words", 1, 1, "Keys and values"),
        ])
    func errors(text: String, line: Int, column: Int, words: String) throws {
        let error = #expect(throws: PolicyError.self) { try Policy(yaml: text, file: "policy.yml") }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.description.hasPrefix("policy.yml:\(line):\(column): ") == true)
    }

    @Test("What is no YAML is reported with its line", arguments: ["a: [", "severity: fail\n\tx", "threshold: >100"])
    func syntax(text: String) throws {
        let error = #expect(throws: PolicyError.self) { try Policy(yaml: text) }
        #expect(error?.line != nil)
        #expect(error?.message.contains("no YAML") == true)
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
