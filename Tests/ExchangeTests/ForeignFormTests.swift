import Benchmarks
import Exchange
import Testing

@Suite("What other programs keep")
struct ForeignFormTests {
    private static let commit = "1234123412341234123412341234123412341234"

    @Test(
        "is recognised by how it begins, and read",
        arguments: [
            (.log, "pkg: example.com/m\nBenchmarkWork-8 \t 100\t 5 ns/op\t 7 B/op\t 2 allocs/op\nPASS\n"),
            (
                .events,
                """
                go: downloading something
                {"Action":"start","Package":"example.com/m"}
                {"Action":"output","Package":"example.com/m","Output":"BenchmarkWork-8 \\t"}
                {"Action":"output","Package":"example.com/n","Output":"BenchmarkOther-8 \\t"}
                {"Action":"output","Package":"example.com/m","Output":" 100\\t 5 ns/op\\t 7 B/op\\t 2 allocs/op\\n"}
                """
            ),
            (
                .actionData,
                """
                window.BENCHMARK_DATA = {"entries": {"Go": [{"commit": {"id": "\(commit)"}, "tool": "go", "benches": [
                {"name": "BenchmarkWork-8 (example.com/m)", "value": 5, "unit": "ns/op\\t 7 B/op", "extra": "100 times"},
                {"name": "BenchmarkWork-8 - ns/op (example.com/m)", "value": 5, "unit": "ns/op", "extra": "100 times"},
                {"name": "BenchmarkWork-8 - B/op (example.com/m)", "value": 7, "unit": "B/op", "extra": "100 times"},
                {"name": "BenchmarkWork-8 - allocs/op (example.com/m)", "value": 2, "unit": "allocs/op"}]}]}}
                """
            ),
            (
                .gobenchdata,
                """
                [{"Version": "\(commit)", "Suites": [{"Goos": "linux", "Goarch": "amd64", "Pkg": "example.com/m",
                "Benchmarks": [{"Name": "BenchmarkWork-8", "Runs": 100, "NsPerOp": 5,
                "Mem": {"BytesPerOp": 7, "AllocsPerOp": 2, "MBPerSec": 0}}]}]}]
                """
            ),
        ] as [(ForeignForm, String)])
    func forms(form: ForeignForm, text: String) throws {
        #expect(ForeignForm(of: text) == form)
        let results = try form.results(in: text) { line, reason in Issue.record("line \(line): \(reason)") }
        #expect(results.allSatisfy { $0.package == "example.com/m" })
        #expect(Set(results.compactMap(\.commit)) == ([.log, .events].contains(form) ? [] : [ForeignFormTests.commit]))
        let values = results.reduce(into: [:]) { $0.merge($1.result.values) { $0 + $1 } }
        #expect(values == ["ns/op": 5, "B/op": 7, "allocs/op": 2])
    }

    @Test("is refused where it is another JSON")
    func other() {
        #expect(ForeignForm(of: "[{}]") == .gobenchdata)
        #expect(throws: DecodingError.self) { try ForeignForm.gobenchdata.results(in: "[{}]") { _, _ in } }
        #expect(throws: DecodingError.self) { try ForeignForm.actionData.results(in: "{}") { _, _ in } }
    }
}
