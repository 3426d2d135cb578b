import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect --sanitizer", .tags(.go), .serialized)
struct SanitizerTests {
    private static let counter = """
        package m

        import (
        \t"sync"
        \t"unsafe"
        )

        // C is a counter.
        type C struct {
        \tmutex sync.Mutex
        \tn     int
        }

        // Add counts.
        func (c *C) Add() {
        \tc.mutex.Lock()
        \tc.n++
        \tc.mutex.Unlock()
        }

        // Get reads.
        func (c *C) Get() int {
        \tc.mutex.Lock()
        \tdefer c.mutex.Unlock()
        \treturn c.n
        }

        // Last is the last byte.
        func Last(b []byte) byte {
        \treturn *(*byte)(unsafe.Pointer(uintptr(unsafe.Pointer(&b[0])) + uintptr(len(b)-1)))
        }

        """
    private static let tests = """
        package m

        import "testing"

        func race() {
        \tvar c C
        \tdone := make(chan bool)
        \tgo func() { c.Add(); done <- true }()
        \tc.Get()
        \t<-done
        }

        func TestCounter(t *testing.T) { race() }

        func BenchmarkCounter(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\trace()
        \t}
        }

        var size = 1000

        // What is beyond the first ones is in use, and what is beyond the last ones is not: each is a fault to one sanitizer.
        func TestLast(t *testing.T) {
        \tvar all [200][]byte
        \tfor i := range all {
        \t\tall[i] = make([]byte, size)
        \t}
        \tfor _, b := range all {
        \t\tLast(b)
        \t}
        }

        """

    /// One commit brings a race in, a later one reads beyond the end of a slice.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        let counter = SanitizerTests.counter
        let racing = counter.replacing("\tc.mutex.Lock()\n\tdefer c.mutex.Unlock()\n\treturn", with: "\treturn")
        try history.commit("0", ["m.go": counter, "m_test.go": SanitizerTests.tests])
        try history.commit("1", ["README.md": "1"])
        try history.commit("read at once", ["m.go": racing])
        try history.commit("3", ["README.md": "3"])
        try history.commit("look further", ["m.go": racing.replacing("len(b)-1", with: "64*len(b)")])
        try history.commit("5", ["README.md": "5"])
        return history
    }

    private func culprits(_ words: [String], _ history: GoHistory) async throws -> [String: [String]] {
        let outcome = try await Program.run(["main~5..main", "--format", "json"] + words, in: history.path)
        let all = try #require(try outcome.json()["series"] as? [[String: Any]], "\(outcome.errors)")
        var culprits: [String: [String]] = [:]
        for series in all {
            let found = (series["culprits"] as? [[String: Any]] ?? []).compactMap { $0["commit"] as? String }
            culprits["\(series["benchmark"] ?? "") \(series["metric"] ?? "")"] = found.compactMap(ObjectID.init)
                .map(history.name)
        }
        return culprits
    }

    @Test("names the commit that brought a race in, over benchmarks and over tests", arguments: GoCommands.all)
    func races(go: String) async throws {
        let history = try history()
        let words = ["--sanitizer", "race", "--go", go]
        #expect(try await culprits(words, history) == ["BenchmarkCounter reports": ["read at once"]])
        let ofTests = try await culprits(words + ["--tests", "-b", "Counter", "-t", ">0"], history)
        #expect(ofTests == ["TestCounter reports": ["read at once"]])
        let text = try await Program.run(["main~5..main", "--tests", "-b", "Counter"] + words, in: history.path)
        for line in [
            "data race: read in m.(*C).Get, write in m.(*C).Add", "m.go:23  m.(*C).Get", "m.go:17  m.(*C).Add",
            "m_test.go:8  m.race",
        ] {
            #expect(text.output.contains(line), "\(line): \(text.output)")
        }
        let markdown = try await Program.run(
            ["main~5..main", "--tests", "-b", "Counter", "--format", "markdown"] + words, in: history.path)
        #expect(markdown.output.contains("```\ndata race: read in m.(*C).Get"), "\(markdown.output)")
    }

    @Test("names the commit that points beyond an allocation", arguments: GoCommands.all, ["checkptr", "address"])
    func pointers(go: String, sanitizer: String) async throws {
        let history = try history()
        let words = ["--sanitizer", sanitizer, "--tests", "--go", go]
        let found = try await culprits(words, history)
        #expect(found == ["TestLast reports": ["look further"], "TestCounter reports": []])
        let record = try await Program.run(["record"] + words, in: history.path)
        #expect(record.output.contains("m.Last"), "\(record.output)")
        #expect(record.output.contains("m.go:28"), "\(record.output)")
    }

    @Test("counts faults beside what else a benchmark takes, with one command", arguments: GoCommands.all)
    func beside(go: String) async throws {
        let history = try history()
        let metrics = ["ns/op", "cpu-ns/op", "peak-B", "reports"].flatMap { ["-m", $0] }
        let table = try await Program.run(
            ["history", "main~5..main", "--sanitizer", "race", "--benchtime", "20000x", "--format", "csv", "--go", go]
                + metrics,
            in: history.path)
        #expect(table.output.split(whereSeparator: \.isNewline).count == 6, "\(table.output)\(table.errors)")
        for unit in ["ns/op", "cpu-ns/op", "peak-B", "reports"] {
            #expect(table.output.contains(unit), "\(table.output)")
        }
        let words = ["--sanitizer", "race", "--go", go, "-m", "allocs/op", "-m", "reports"]
        let found = try await culprits(words, history)
        #expect(found == ["BenchmarkCounter reports": ["read at once"], "BenchmarkCounter allocs/op": []])
    }

    /// Whether there is a Clang that has the runtime of MemorySanitizer.
    private static let hasMemorySanitizer: Bool = {
        let clang = Process()
        guard let path = Tool.path(of: "clang") else { return false }
        clang.executableURL = URL(filePath: path)
        clang.arguments = ["-fsanitize=memory", "-x", "c", "/dev/null", "-shared", "-o", "/dev/null"]
        clang.standardError = FileHandle.nullDevice
        guard (try? clang.run()) != nil else { return false }
        clang.waitUntilExit()
        return clang.terminationStatus == 0
    }()

    @Test(
        "names the commit that reads what was never written", .enabled(if: hasMemorySanitizer),
        arguments: GoCommands.all)
    func memory(go: String) async throws {
        let source = """
            package m

            /*
            #include <stdlib.h>
            #include <unistd.h>
            static int get(int fill) {
            \tvolatile int *p = malloc(400);
            \tif (fill) p[3] = 7;
            \tint r = 0;
            \tif (p[3] > 5) r = getpid() > 0;
            \tfree((void *)p);
            \treturn r;
            }
            */
            import "C"

            // Get gets.
            func Get() int { return int(C.get(1)) }

            """
        let history = try GoHistory()
        let tests =
            SanitizerTests.tests.split(separator: "func race")[0]
            + "func BenchmarkGet(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tGet()\n\t}\n}\n"
        try history.commit("0", ["m.go": source, "m_test.go": String(tests)])
        try history.commit("1", ["README.md": "1"])
        try history.commit("forget to fill", ["m.go": source.replacing("get(1)", with: "get(0)")])
        try history.commit("3", ["README.md": "3"])
        var environment = Program.environment
        environment["CC"] = "clang"
        let outcome = try await Program.run(
            ["main~3..main", "--sanitizer", "memory", "--go", go], in: history.path, environment: environment)
        let culprit = try history.id("forget to fill")
        #expect(outcome.output.contains("culprit \(culprit)"), "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("MemorySanitizer: use-of-uninitialized-value in get"), "\(outcome.output)")
    }

    @Test("says what keeps a sanitizer from being built in")
    func refusals() async throws {
        let history = try history()
        let unknown = try await Program.run(["main~5..main", "--sanitizer", "thread"], in: history.path)
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("--sanitizer takes race, address, memory or checkptr, not 'thread'."))
        var environment = Program.environment
        environment["CGO_ENABLED"] = "0"
        let without = try await Program.run(
            ["main~5..main", "--sanitizer", "address"], in: history.path, environment: environment)
        #expect(without.status == 2)
        #expect(without.errors.contains("Nothing can be built with --sanitizer address here:"), "\(without.errors)")
    }
}
