import Benchmarks
import Testing

@Suite("Names of sub-benchmarks that vary from run to run")
struct SteadyNamesTests {
    private static let now = 1_795_700_000.0

    private static func results(_ names: [String]) -> [BenchmarkResult] {
        names.enumerated().map { BenchmarkResult(name: "BenchmarkX/" + $1, iterations: 1, values: ["n": Double($0)]) }
    }

    private static func steady(_ short: [String], _ long: [String]) -> SteadyNames {
        SteadyNames(short: results(short), long: results(long), now: now)
    }

    private static func names(_ results: [BenchmarkResult]) -> [String] {
        results.map { String($0.name.dropFirst(11)) }
    }

    @Test(arguments: [
        (["a", "size=10"], ["a", "size=10"], ["a", "size=10"]),
        // Maps come in any order.
        (["a", "b"], ["b", "a"], ["b", "a"]),
        (["run-17"], ["run-18"], ["run-*"]), (["kqzxw"], ["abcde"], ["*"]),
        (["12-04-59"], ["12-05-00"], ["*-*-*"]), (["x/17/y"], ["x/18/y"], ["x/*/y"]),
        (["fast/17", "slow/18"], ["slow/19", "fast/20"], ["slow/*", "fast/*"]),
        (["17", "18"], ["19", "20"], ["*", "*#01"]), (["a_b-c"], ["abc"], ["*"]),
        // Both runs in one second, or with one pointer.
        (["at-1795699000"], ["at-1795699000"], ["at-*"]), (["12:04:59"], ["12:04:59"], ["*:*:*"]),
        (["0xc000012345"], ["0xc000012345"], ["*"]), (["n=1000000000"], ["n=1000000000"], ["n=1000000000"]),
        // One failed at one of the counts.
        (["a"], ["a", "b"], ["a", "b"]), (["a", "b"], ["b"], ["b"]), ([], ["run-17"], ["run-17"]),
    ])
    func whatChangesIsLeftOut(short: [String], long: [String], expected: [String]) {
        let steady = Self.steady(short, long)
        #expect(Self.names(steady.long) == expected)
        #expect(steady.unmatched.isEmpty)
        if short.count == long.count { #expect(Set(Self.names(steady.short)) == Set(expected)) }
    }

    @Test func whatCannotBeMatchedIsTold() {
        let steady = Self.steady(["a", "17", "18"], ["a", "19", "20", "21"])
        #expect(Self.names(steady.short) == ["a"] && Self.names(steady.long) == ["a"])
        #expect(steady.unmatched.count == 5)
        #expect(Self.steady(["17"], ["18/x"]).unmatched.count == 2)
    }

    @Test func aSteadyNameStandsForOthers() {
        #expect(SteadyNames.matches("BenchmarkX/run-*", "BenchmarkX/run-7"))
        #expect(!SteadyNames.matches("BenchmarkX/run-*", "BenchmarkX/run-7/y"))
        #expect(!SteadyNames.matches("BenchmarkX/run", "BenchmarkX/run"))
    }
}
