import AllocBisectCore
import Benchmarks
import Git
import Measuring
import TestSupport
import Testing

@Suite("What can decide a measurement", .tags(.go), .serialized)
struct InputTests {
    @Test("A change in a package that the benchmark imports is found, one elsewhere is passed over")
    func dependency() async throws {
        let history = try GoHistory()
        let user = "package m\n\nimport \"example.com/m/inner\"\n\nfunc Work() { inner.Work() }\n"
        func inner(_ count: Int) -> String {
            GoSource.work(allocations: count).replacing("package m", with: "package inner")
        }
        try history.commit("0", ["m.go": user, "m_test.go": GoSource.benchmark, "inner/i.go": inner(1)])
        try history.commit("1", ["other/o.go": "package other\n"])
        try history.commit("2", ["inner/i.go": inner(3)])
        try history.commit("3", ["other/o.go": "package other\n\nconst O = 1\n"])
        let verdict = try await Searching.find(history, "0", "3")
        #expect(verdict.culprits(history) == ["2"])
        #expect(verdict.canDiffer == 1)
    }

    @Test("A commit that changed much of the inputs weighs more than those that changed little")
    func amounts() async throws {
        let history = try GoHistory()
        let source = GoSource.work(allocations: 1)
        let much = String(repeating: "// A line that says nothing.\n", count: 500)
        try history.commit("0", ["m.go": source, "m_test.go": GoSource.benchmark])
        for number in 1...20 {
            // What is outside the inputs counts for nothing, however much it is.
            let other = "package other\n" + (number == 15 ? much : "")
            let own = source + (number < 4 ? "" : much) + "// \(number)\n"
            try history.commit("\(number)", ["m.go": own, "other/o.go": other])
        }
        var request = SearchRequest(
            range: try RevisionRange("\(history.id("0"))..\(history.id("20"))"), thresholds: try ThresholdRules([]))
        request.measuring.go = GoCommands.all.first
        request.measuring.jobs = 1
        // Half of the weight lies there, not of the commits.
        let plan = try await Engine(history.path).plan(request)
        #expect(plan.first.map { history.name($0.id) } == ["9"] && plan.canDiffer == 20)
    }

    @Test("A file that the benchmark reads from elsewhere in the repository counts")
    func readFile() async throws {
        let history = try GoHistory()
        let reading = """
            package m

            import (
            \t"os"
            \t"testing"
            )

            func BenchmarkRead(b *testing.B) {
            \ttext, err := os.ReadFile("../data/size.txt")
            \tif err != nil {
            \t\tb.Fatal(err)
            \t}
            \tfor i := 0; i < b.N; i++ {
            \t\tfor range text {
            \t\t\tsink = new([64]byte)
            \t\t}
            \t}
            }

            """
        try history.commit(
            "0",
            [
                "p/m.go": "package m\n\nvar sink *[64]byte\n", "p/m_test.go": reading, "data/size.txt": "x",
                "data/other.txt": "",
            ])
        try history.commit("1", ["data/other.txt": "1"])
        try history.commit("2", ["data/size.txt": "xxxx"])
        try history.commit("3", ["data/other.txt": "3"])
        let verdict = try await Searching.find(history, "0", "3")
        #expect(verdict.culprits(history) == ["2"])
        #expect(verdict.canDiffer == 1)
    }

    @Test("Nested modules, replaced modules and workspaces are followed")
    func modules() async throws {
        let history = try GoHistory()
        func library(_ count: Int) -> String {
            GoSource.work(allocations: count).replacing("package m", with: "package lib")
        }
        let nested = "package m\n\nimport \"example.com/lib\"\n\nfunc Work() { lib.Work() }\n"
        try history.commit(
            "0",
            [
                "lib/go.mod": "module example.com/lib\n\ngo 1.19\n", "lib/lib.go": library(1),
                "tool/go.mod":
                    "module example.com/tool\n\ngo 1.19\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../lib\n",
                "tool/m.go": nested, "tool/m_test.go": GoSource.benchmark,
            ])
        try history.commit("1", ["notes.txt": "1"])
        try history.commit("2", ["lib/lib.go": library(2)])
        try history.commit("3", ["notes.txt": "3"])
        let replaced = try await Searching.find(history, "0", "3") { $0.selection.packages = ["./tool/..."] }
        #expect(replaced.culprits(history) == ["2"])
        #expect(replaced.canDiffer == 1)

        try history.commit(
            "w0",
            [
                "go.work": "go 1.19\n\nuse ./lib\nuse ./tool\n", "lib/lib.go": library(1),
                "tool/go.mod": "module example.com/tool\n\ngo 1.19\n",
            ])
        try history.commit("w1", ["lib/lib.go": library(4)])
        try history.commit("w2", ["notes.txt": "w2"])
        let workspace = try await Searching.find(history, "w0", "w2") { $0.selection.packages = ["./tool/..."] }
        #expect(workspace.culprits(history) == ["w1"])
    }

    @Test("A module that is renamed on the way stays the same package")
    func renamed() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["go.mod": "module example.com/m/v2\n\ngo 1.19\n"])
        try history.commit("2", ["m.go": GoSource.work(allocations: 2)])
        let verdict = try await Searching.find(history, "0", "2")
        #expect(verdict.culprits(history) == ["2"])
        #expect(verdict.series[0].package == "example.com/m/v2")
    }
}
