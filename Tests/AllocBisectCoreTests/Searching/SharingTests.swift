import Benchmarks
import Foundation
import Git
import GoToolchain
import MeasurementCache
import Measuring
import TestSupport
import Testing

@testable import AllocBisectCore

@Suite("Measurements that commits share", .tags(.go), .serialized)
struct SharingTests {
    /// A benchmark that allocates once for each byte of a file, whose path is in a variable.
    private static let reading = """
        package m

        import (
        \t"os"
        \t"testing"
        )

        var sink *byte

        func BenchmarkRead(b *testing.B) {
        \ttext, err := os.ReadFile(path)
        \tif err != nil {
        \t\tb.Fatal(err)
        \t}
        \tfor i := 0; i < b.N; i++ {
        \t\tfor range text {
        \t\t\tsink = new(byte)
        \t\t}
        \t}
        }

        """

    @Test("A culprit and its parents are measured at those very commits, whatever others gave")
    func confirmation() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        for name in ["1", "2"] { try history.commit(name, ["docs/\(name)": ""]) }
        try history.commit("3", ["m.go": GoSource.work(allocations: 3)])
        for name in ["4", "5"] { try history.commit(name, ["docs/\(name)": ""]) }
        let verdict = try await Searching.find(history, "0", "5")
        #expect(verdict.culprits(history) == ["3"])
        #expect(verdict.series[0].culprits[0].confirmed)
        // Both ends, and then the culprit and its parent, which have their inputs.
        #expect(verdict.measured == 4)
        let cache = try MeasurementCache(path: history.path + "/.git/allocbisect/measurements.sqlite")
        let measured = try cache.measuredCommits().keys.compactMap { ObjectID($0) }.map(history.name)
        #expect(Set(measured) == ["0", "2", "3", "5"])
    }

    @Test("Without input classes nothing is taken over, not from the cache either")
    func nothingTakenOver() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        for name in ["1", "2", "3"] { try history.commit(name, ["docs/\(name)": ""]) }
        #expect(try await Searching.find(history, "0", "3").measured == 2)
        #expect(try await Searching.find(history, "0", "2").measured == 0)
        #expect(try await Searching.find(history, "0", "2") { $0.usesInputClasses = false }.measured == 1)
    }

    @Test("Commits with equal inputs that differ end the sharing, in the search and for good")
    func contradiction() async throws {
        let history = try GoHistory()
        let outside = history.folder.appending(path: "outside")
        try Data("x".utf8).write(to: outside)
        let path = "package m\n\nconst path = \"\(outside.path)\"\n"
        try history.commit("0", ["m.go": path, "m_test.go": SharingTests.reading])
        for name in ["1", "2"] { try history.commit(name, ["docs/\(name)": ""]) }
        try history.commit("3", ["m.go": path + "// The end.\n"])
        func find(_ good: String, _ bad: String) async throws -> Verdict {
            // In a box there is nothing else that could decide.
            try await Searching.find(history, good, bad) { $0.measuring.sandbox = .off }
        }
        #expect(try await find("0", "1").measured == 2)
        // From now on the benchmark gives other values at every commit.
        try Data("xxxxx".utf8).write(to: outside)
        let verdict = try await find("0", "3")
        #expect(verdict.warnings.count { $0.contains("no longer shares measurements") } == 1)
        // The good end was measured again to confirm its child, and does not stand for what it was.
        #expect(verdict.culprits(history).isEmpty)
        #expect(verdict.canDiffer == 3)
        let again = try await find("0", "3")
        #expect(again.canDiffer == 3)
        #expect(again.measured == 0)
        #expect(!again.warnings.contains { $0.contains("no longer shares measurements") })
    }

    /// Ways in which a benchmark comes by the number of its allocations: statements of the benchmark, and others of the
    /// file, with what they import.
    private static let ways: [(name: String, body: String, around: String, imports: [String])] = [
        ("variable", "", "var count = read(\"../data/size\")", []),
        ("init", "", "var count int\n\nfunc init() { count = read(\"../data/size\") }", []),
        (
            "main", "",
            "var count int\n\nfunc TestMain(m *testing.M) {\n\tcount = read(\"../data/size\")\n\tos.Exit(m.Run())\n}",
            []
        ),
        (
            "chdir", "count := read(\"data/size\")",
            "func TestMain(m *testing.M) {\n\tos.Chdir(\"..\")\n\tos.Exit(m.Run())\n}", []
        ),
        (
            "child", "text, _ := exec.Command(\"cat\", \"../data/size\").Output()\n\tcount := len(text)", "",
            ["os/exec"]
        ),
        (
            "many", "count := 1\n\tif b.N > 99 {\n\t\tcount = read(\"../data/size\")\n\t}", "", []
        ),
        (
            "raw",
            "file, _ := syscall.Open(\"../data/size\", 0, 0)\n\tcount, _ := syscall.Read(file, make([]byte, 99))", "",
            ["syscall"]
        ),
        (
            "link",
            "os.Symlink(\"../data\", \"made\")\n\tcount := read(\"made/size\")\n\tos.Remove(\"made\")", "", []
        ),
        (
            "caller",
            "_, file, _, _ := runtime.Caller(0)\n\tcount := read(filepath.Join(filepath.Dir(file), \"../data/size\"))",
            "", ["runtime", "path/filepath"]
        ),
        (
            "list",
            "files, _ := os.ReadDir(\"../data\")\n\tcount := 0\n\tfor _, file := range files {\n"
                + "\t\tif !file.IsDir() {\n\t\t\tinfo, _ := file.Info()\n\t\t\tcount += int(info.Size())\n\t\t}\n\t}",
            "", []
        ),
        ("odd", "count := read(\"../data/./deep/..//a\\nb %23? \")", "", []),
    ]

    private static func test(_ way: (name: String, body: String, around: String, imports: [String])) -> String {
        let imports = (["os", "testing"] + way.imports).sorted().map { "\t\"\($0)\"\n" }.joined()
        return """
            package m

            import (
            \(imports))

            var sink *[64]byte

            func read(path string) int {
            \ttext, err := os.ReadFile(path)
            \tif err != nil {
            \t\tpanic(err)
            \t}
            \treturn len(text)
            }

            \(way.around)

            func BenchmarkHidden(b *testing.B) {
            \t\(way.body)
            \tfor i := 0; i < b.N; i++ {
            \t\tfor j := 0; j < count; j++ {
            \t\t\tsink = new([64]byte)
            \t\t}
            \t}
            }

            """
    }

    @Test("Whatever way an input is hidden, no other commit than the one that changes it is named", arguments: 0..<11)
    func hiddenInputs(seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let way = SharingTests.ways[seed % SharingTests.ways.count]
        let history = try GoHistory()
        let data = way.name == "odd" ? "data/a\nb %23? " : "data/size"
        let length = Int.random(in: 4...6, using: &random)
        let step = Int.random(in: 1..<length, using: &random)
        var size = Int.random(in: 2...5, using: &random)
        try history.commit(
            "0",
            [
                "p/m_test.go": SharingTests.test(way), data: String(repeating: "x", count: size),
                "data/deep/keep": "", "docs/a": "",
            ])
        for number in 1...length {
            if number == step {
                size += Int.random(in: 2...9, using: &random)
                try history.commit("\(number)", [data: String(repeating: "x", count: size)])
            } else {
                try history.commit("\(number)", ["docs/\(Bool.random(using: &random) ? "a" : "b")": "\(number)"])
            }
        }
        let go = GoCommands.all[seed % GoCommands.all.count]
        let jobs = Int.random(in: 1...2, using: &random)
        let verdict = try await Searching.find(history, "0", "\(length)", go: go) { $0.measuring.jobs = jobs }
        #expect(verdict.culprits(history) == ["\(step)"], "\(way.name)")
        #expect(verdict.series.first?.culprits.first?.confirmed == true, "\(way.name)")
    }
}
