import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Tests that run as benchmarks do", .tags(.go), .serialized)
struct TestRunTests {
    private static let inner = """
        package m

        import (
        \t"os"
        \t"testing"
        )

        var (
        \truns int
        \tkept [][]byte
        \tsink []byte
        \tstop = make(chan bool)
        )

        func TestQuiet(t *testing.T) {}

        func TestLeaks(t *testing.T) {
        \tt.Parallel()
        \tt.Run("goroutine", func(t *testing.T) {
        \t\tfor i := 0; i < 3; i++ {
        \t\t\tgo func() { <-stop }()
        \t\t}
        \t})
        \tt.Run("memory", func(t *testing.T) {
        \t\tt.Parallel()
        \t\tkept = append(kept, make([]byte, 4096))
        \t})
        \tt.Run("memory too", func(t *testing.T) {
        \t\tkept = append(kept, make([]byte, 4096))
        \t})
        }

        func TestCounts(t *testing.T) {
        \tcount := 0
        \tif testing.AllocsPerRun(4, func() { count++; sink = make([]byte, 64*(count%2)) }) > 1 {
        \t\tt.Error("too many")
        \t}
        \ttesting.AllocsPerRun(10, func() { sink = make([]byte, 64); sink = make([]byte, 64) })
        }

        func TestSkips(t *testing.T) { t.Skip("no database here") }
        func TestFails(t *testing.T) { t.Fatal("one is not two") }
        func TestExits(t *testing.T) { os.Exit(0) }

        func TestOnce(t *testing.T) {
        \tif runs++; runs > 1 {
        \t\tt.Fatal("registered before")
        \t}
        }

        func TestPanicsLater(t *testing.T) {
        \tif runs++; runs > 1 {
        \t\tpanic("registered before")
        \t}
        }

        func TestSkipsLater(t *testing.T) {
        \tif runs++; runs > 1 {
        \t\tt.Skip("was here")
        \t}
        }

        func TestBoth(t *testing.T) { sink = make([]byte, 64) }
        """
    private static let outer = """
        package m_test

        import (
        \t"os"
        \t"testing"
        )

        var kept []byte

        func TestMain(m *testing.M) { os.Exit(m.Run()) }

        func TestBoth(t *testing.T) {
        \tfor i := 0; i < 5; i++ {
        \t\tkept = make([]byte, 64)
        \t}
        }

        func TestOuter(t *testing.T) {}
        func BenchmarkOuter(b *testing.B) {}
        """
    private static let files = ["m.go": "package m\n", "m_test.go": inner, "outer_test.go": outer]

    private func values(_ binary: TestBinary, _ name: String) async throws -> [String: [Metric: Double]] {
        let pair = IterationPair.ofTests
        let pattern = BenchPattern.pattern(exactly: name)
        let function = Benchmark.function(of: name)
        let short = try await binary.run(pattern, function: function, iterations: pair.short, cpu: 1)
        let long = try await binary.run(pattern, function: function, iterations: pair.long, cpu: 1)
        #expect(long.failure == nil)
        let measurement = Measurement(
            target: Measurement.Target(package: ".", pattern: pattern), pair: pair,
            rounds: [Round(short: short.results, long: long.results, pair: pair)])
        return Dictionary(
            uniqueKeysWithValues: measurement.names.map { name in
                let values = measurement.metrics(of: name).map { ($0, measurement.value(name, $0) ?? .nan) }
                return (name, Dictionary(uniqueKeysWithValues: values))
            })
    }

    @Test(arguments: GoCommands.all) func valuesOfOneWholeRun(go: String) async throws {
        let bench = try await Workbench(go, TestRunTests.files)
        defer { withExtendedLifetime(bench) {} }
        let binary = try await bench.binary()
        let quiet = try #require(try await values(binary, "TestQuiet")["TestQuiet"])
        #expect(quiet[.goroutines] == 0)
        #expect(abs(quiet[.retainedObjects] ?? 9) < 1)

        let leaks = try #require(try await values(binary, "TestLeaks")["TestLeaks"])
        #expect(leaks[.goroutines] == 3)
        #expect((8192...12000).contains(leaks[.retainedBytes] ?? 0), "\(leaks)")

        let counts = try #require(try await values(binary, "TestCounts")["TestCounts"])
        #expect(counts[Metric("allocs/run")] == 0.5)
        #expect(counts[Metric("allocs/run#2")] == 2)
    }

    @Test("A sub-test is measured alone, by its exact name", arguments: GoCommands.all)
    func oneSubTest(go: String) async throws {
        let bench = try await Workbench(go, TestRunTests.files)
        defer { withExtendedLifetime(bench) {} }
        let binary = try await bench.binary()
        let memory = try await values(binary, "TestLeaks/memory")
        #expect(Set(memory.keys) == ["TestLeaks/memory"])
        #expect(memory["TestLeaks/memory"]?[.goroutines] == 0)
        #expect((4096...6000).contains(memory["TestLeaks/memory"]?[.retainedBytes] ?? 0), "\(memory)")
        #expect(try await values(binary, "TestLeaks/goroutine")["TestLeaks/goroutine"]?[.goroutines] == 3)
        let missing = try await binary.run("^TestLeaks$/^disk$", function: "TestLeaks", iterations: 2, cpu: 1)
        #expect(missing.results.isEmpty)
        #expect(missing.failure?.reason == .missingBenchmark)
    }

    @Test("Two tests of one name are kept apart", arguments: GoCommands.all)
    func twoOfOneName(go: String) async throws {
        let bench = try await Workbench(go, TestRunTests.files)
        defer { withExtendedLifetime(bench) {} }
        let both = try await values(bench.binary(), "TestBoth")
        let (inner, outer) = (both["TestBoth"]?[.allocations] ?? 0, both["TestBoth[_test]"]?[.allocations] ?? 0)
        #expect(abs(outer - inner - 4) <= 0.5, "\(inner), \(outer)")
    }

    @Test("A test without a value has its reason", arguments: GoCommands.all)
    func reasons(go: String) async throws {
        let bench = try await Workbench(go, TestRunTests.files)
        defer { withExtendedLifetime(bench) {} }
        let binary = try await bench.binary()
        for (name, reason, text) in [
            ("TestSkips", Failure.Reason.skipped, "no database here"), ("TestFails", .failed, "one is not two"),
            ("TestExits", .exited, "exit status 0"), ("TestOnce", .unrepeatable, "registered before"),
            ("TestPanicsLater", .unrepeatable, "panic: registered before"),
            ("TestSkipsLater", .unrepeatable, "it skipped itself when it ran again"),
            ("TestNone", .missingBenchmark, "TestNone printed no result"),
        ] {
            let outcome = try await binary.run(name, iterations: 2)
            #expect(outcome.results.isEmpty, "\(name)")
            #expect(outcome.failure?.reason == reason, "\(name): \(outcome.failure?.text ?? "")")
            #expect(outcome.failure?.message.contains(text) == true, "\(name): \(outcome.failure?.text ?? "")")
        }
    }

    @Test("Benchmarks and tests are listed", arguments: GoCommands.all)
    func listing(go: String) async throws {
        let bench = try await Workbench(go, TestRunTests.files)
        let names = try await bench.binary().functions() ?? []
        #expect(names.filter { FunctionKind(of: $0) == .benchmark } == ["BenchmarkOuter"])
        #expect(names.filter { FunctionKind(of: $0) == .test }.count == 11)
        #expect(!names.contains("TestMain"))
    }

    @Test("Source that it does not know is left as it is")
    func refusals() {
        let source = """
            func MainStart(deps testDeps, tests []InternalTest, benchmarks []InternalBenchmark, more int) *M {
            }
            \t\tran, ok := runTests(m.deps.MatchString, m.tests, deadline)
            func tRunner(t *T, fn func(t *T)) {
            }
            """
        let known = Probe.mainSource("\n" + source)
        #expect(known.runsTests)
        let call = "return runTests(m.deps.MatchString, tests, time.Time{})\n\t\t})\n\t\tran, ok"
        #expect(known.source?.contains(call) == true)
        #expect(Probe.mainSource(nil).source == nil)
        #expect(Probe.mainSource("\n" + source.replacing("MainStart", with: "Start")).source == nil)
        for (word, other) in [("m.tests, deadline", "m.tests"), ("tRunner", "run"), ("m.deps.Match", "Match")] {
            let unknown = Probe.mainSource("\n" + source.replacing(word, with: other))
            #expect(!unknown.runsTests)
            #expect(unknown.source?.contains("allocbisectList") == true)
            #expect(unknown.source?.contains("allocbisectTests") == false)
        }
        #expect(Probe.averagingSource("") == nil)
    }
}
