import Foundation
import Git
import TestSupport
import Testing

@Suite("What the process takes as a whole", .tags(.go), .serialized)
struct ProcessMetricsTests {
    private static let tests = """
        package m

        import "testing"

        func BenchmarkSpin(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tSink += Spin(i)
        \t}
        }

        func BenchmarkLoad(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tLoad(i)
        \t}
        }

        func BenchmarkSub(b *testing.B) {
        \tfor _, name := range []string{"first", "second"} {
        \t\tb.Run(name, func(b *testing.B) {
        \t\t\tfor i := 0; i < b.N; i++ {
        \t\t\t\tSink += Spin(i) + Spin(i)
        \t\t\t}
        \t\t})
        \t}
        }

        """
    private static let spin = """
        package m

        // Sink keeps results.
        var Sink int

        const steps = 5000

        // Spin takes time.
        func Spin(seed int) int {
        \tsum := 0
        \tfor j := 0; j < steps; j++ {
        \t\tsum += j ^ seed
        \t}
        \treturn sum
        }

        """
    private static let load = """
        package m

        var window [64][]byte

        // Load takes eight blocks, and keeps one of them.
        func Load(seed int) {
        \tfor j := 0; j < 8; j++ {
        \t\tblock := make([]byte, 256<<10)
        \t\tfor k := 0; k < len(block); k += 4096 {
        \t\t\tblock[k] = byte(seed)
        \t\t}
        \t\twindow[0] = block
        \t}
        \tif seed%8 == 7 {
        \t\twindow = [64][]byte{}
        \t}
        }

        """

    /// One commit spins by three hundredths longer, a later one keeps 64 blocks at a time and allocates as before.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        let (tests, spin, load) = (ProcessMetricsTests.tests, ProcessMetricsTests.spin, ProcessMetricsTests.load)
        try history.commit("0", ["m_test.go": tests, "spin.go": spin, "load.go": load])
        try history.commit("1", ["step.go": "package m\n\nconst step = 1\n"])
        try history.commit("2", ["step.go": "package m\n\nconst step = 2\n"])
        try history.commit("spin longer", ["spin.go": spin.replacing("5000", with: "5150")])
        try history.commit("4", ["step.go": "package m\n\nconst step = 4\n"])
        try history.commit("keep more", ["load.go": load.replacing("window[0]", with: "window[(8*seed+j)%64]")])
        try history.commit("6", ["step.go": "package m\n\nconst step = 6\n"])
        return history
    }

    private func series(_ words: [String], _ history: GoHistory) async throws -> [String: [String: Any]] {
        let outcome = try await Program.run(["main~6..main", "--format", "json"] + words, in: history.path)
        let all = try #require(try outcome.json()["series"] as? [[String: Any]], "\(outcome.errors)")
        return Dictionary(uniqueKeysWithValues: all.map { ("\($0["benchmark"] ?? "")", $0) })
    }

    private func culprits(_ series: [String: Any]?, _ history: GoHistory) -> [String] {
        (series?["culprits"] as? [[String: Any]] ?? []).compactMap { $0["commit"] as? String }
            .compactMap(ObjectID.init).map(history.name)
    }

    @Test("names the commit whose peak is larger, where as much is allocated as before", arguments: GoCommands.all)
    func peaks(go: String) async throws {
        let history = try history()
        let isOld = GoCommands.minorVersion(of: go) < 21
        for metric in ["peak-B", "peak-heap-B"] {
            let found = try await series(["-m", metric, "-b", "Load", "--go", go], history)["BenchmarkLoad"]
            if let outcome = found?["outcome"] as? String, outcome == "inconclusive" {
                let warnings = "\(found?["warnings"] ?? "")"
                #expect(metric == "peak-heap-B" && isOld && warnings.contains("takes Go 1.21 or newer"), "\(warnings)")
                continue
            }
            #expect(culprits(found, history) == ["keep more"], "\(metric): \(found ?? [:])")
        }
        let allocations = try await series(["-m", "B/op", "-b", "Load", "--go", go], history)["BenchmarkLoad"]
        #expect(allocations?["outcome"] as? String == "not-crossed")
    }

    @Test("tells the memory of a process by its first benchmark alone")
    func subBenchmarks() async throws {
        let history = try history()
        let outcome = try await Program.run(
            ["main~1..main", "-m", "peak-B", "-t", ">100000000", "-b", "Sub"], in: history.path)
        #expect(outcome.output.contains("inconclusive: example.com/m BenchmarkSub/second"), "\(outcome.output)")
        #expect(outcome.output.contains("peak-B is only known for the first benchmark of a process"))
        let alone = try await Program.run(
            ["main~1..main", "-m", "peak-B", "-t", ">100000000", "-b", "^BenchmarkSub$/^second$"], in: history.path)
        #expect(alone.status == 3, "\(alone.output)")
    }

    @Test("names the commit that executes three hundredths more, and the lines", arguments: GoCommands.all)
    func instructions(go: String) async throws {
        let history = try history()
        let words = ["-m", "instructions/op", "-t", "+1%", "-b", "Spin|Sub", "--go", go]
        let found = try await series(words, history)
        for name in ["BenchmarkSpin", "BenchmarkSub/first", "BenchmarkSub/second"] {
            #expect(culprits(found[name], history) == ["spin longer"], "\(found[name] ?? [:])")
        }
        let text = try await Program.run(["main~6..main"] + words, in: history.path)
        for line in ["of the difference is here, in instructions/op:", "spin.go:11", "+ const steps = 5150"] {
            #expect(text.output.contains(line), "\(text.output)")
        }
        // What was measured beside counting is not a measurement of a search that counts nothing.
        let plain = try await Program.run(
            ["history", "main~6..main", "--cached", "-m", "allocs/op", "--go", go], in: history.path)
        #expect(plain.status == 4 && plain.output.contains("not measured yet"), "\(plain.output)")
    }

    @Test("says what counting takes where there is no valgrind")
    func withoutValgrind() async throws {
        let history = try history()
        let folder = history.path + "/bin"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var environment = Program.environment
        environment["PATH"] = folder
        let go = try #require(GoCommands.all.first)
        let outcome = try await Program.run(
            ["main~1..main", "-m", "instructions/op", "--go", go], in: history.path, environment: environment)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("apt install valgrind), or perf on a machine"), "\(outcome.errors)")
    }
}
