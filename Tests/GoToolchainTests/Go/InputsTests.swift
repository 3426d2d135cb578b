import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("The files that decide a measurement", .tags(.go), .serialized)
struct InputsTests {
    private func inputs(
        _ go: String, _ files: [String: String], of package: String = ".", around: [String: String] = [:],
        links: [String: String] = [:], variables: [String: String] = [:]
    ) async throws -> Inputs {
        let bench = try await Workbench(go, files, around: around, variables: variables)
        for (path, target) in links {
            try FileManager.default.createSymbolicLink(atPath: bench.root + "/" + path, withDestinationPath: target)
        }
        return try await bench.toolchain.inputs(ofPackage: package, in: bench.root, options: bench.options)
    }

    private static func package(_ name: String, importing paths: [String] = []) -> String {
        "package \(name)\n\n" + paths.map { "import _ \"\($0)\"\n" }.joined()
    }

    private static let plain = package("m")
    private static let test = Workbench.testFile("func BenchmarkX(b *testing.B) {}")

    @Test(arguments: GoCommands.all) func areTheClosureInsideTheTree(go: String) async throws {
        let files = [
            "p/p.go": InputsTests.package("p", importing: ["example.com/m/a", "fmt"]),
            "p/p_test.go": InputsTests.package("p", importing: ["example.com/m/b"]),
            "p/x_test.go": InputsTests.package("p_test", importing: ["example.com/m/c", "example.com/m/p"]),
            "a/a.go": InputsTests.package("a", importing: ["example.com/m/a/internal/deep"]),
            "a/internal/deep/d.go": InputsTests.package("deep"), "b/b.go": InputsTests.package("b"),
            "c/c.go": InputsTests.package("c"), "unused/u.go": InputsTests.package("unused"),
        ]
        let inputs = try await inputs(go, files, of: "p")
        #expect(inputs.directories == ["p", "a", "a/internal/deep", "b", "c"])
        #expect(inputs.paths.isSuperset(of: ["go.mod", "go.sum", "vendor/modules.txt", "p/testdata", "p/go.mod"]))
        #expect(!inputs.paths.contains { $0 == "" || $0.hasPrefix("unused") })
    }

    @Test(arguments: GoCommands.all) func coverLocalModules(go: String) async throws {
        let module = { (name: String) in "module example.com/\(name)\n\ngo 1.19\n" }
        let replacing =
            module("m") + "\nrequire example.com/local v0.0.0\nreplace example.com/local => ../local\n"
            + "replace (\n\texample.com/other v1.0.0 => \"../other\"\n)\n"
        let replaced = [
            "m/go.mod": replacing, "m/m.go": InputsTests.package("m", importing: ["example.com/local/sub"]),
            "m/m_test.go": InputsTests.test, "local/go.mod": module("local"),
            "local/sub/s.go": InputsTests.package("sub"), "other/go.mod": module("other"),
        ]
        let first = try await inputs(go, replaced, of: "m")
        #expect(first.directories == ["m", "local/sub"])
        #expect(first.paths.isSuperset(of: ["m/go.mod", "local/go.mod", "other/go.mod"]))

        let workspace = [
            "go.work": "go 1.19\n\nuse (\n\t./m\n\tlocal\n)\n", "m/go.mod": module("m"),
            "m/m.go": InputsTests.package("m", importing: ["example.com/local"]), "m/m_test.go": InputsTests.test,
            "local/go.mod": module("local"), "local/l.go": InputsTests.package("local"),
        ]
        let second = try await inputs(go, workspace, of: "m")
        #expect(second.directories == ["m", "local"])
        #expect(second.paths.isSuperset(of: ["go.work", "go.work.sum", "m/go.mod", "local/go.mod"]))
    }

    @Test(arguments: GoCommands.all) func coverEmbeddedFilesAndLinks(go: String) async throws {
        let embedding = "package m\n\nimport \"embed\"\n\n//go:embed data/*.txt\nvar files embed.FS\n"
        let files = [
            "m.go": InputsTests.package("m", importing: ["example.com/m/e"]), "m_test.go": InputsTests.test,
            "e/e.go": embedding.replacing("package m", with: "package e"), "e/data/a.txt": "a",
        ]
        #expect(try await inputs(go, files).paths.contains("e"))
        let linked = try await inputs(
            go, ["m_test.go": InputsTests.test, "real/more.go": InputsTests.plain, "real/data/x": ""],
            links: ["more.go": "real/more.go", "testdata": "real/data"])
        #expect(linked.paths.isSuperset(of: ["more.go", "real/more.go", "testdata", "real/data"]))
    }

    @Test(arguments: GoCommands.all) func areEverythingWhenGoCannotSay(go: String) async throws {
        let cases = [
            ["m.go": "package m\n\nimport {", "m_test.go": InputsTests.test],
            ["m.go": InputsTests.package("m", importing: ["example.com/m/none"]), "m_test.go": InputsTests.test],
            ["m.go": InputsTests.package("m", importing: ["example.com/far"]), "m_test.go": InputsTests.test],
            ["go.mod": "no module\n", "m_test.go": InputsTests.test],
        ]
        for files in cases { #expect(try await inputs(go, files) == .everything) }
        #expect(try await inputs(go, ["m_test.go": InputsTests.test], of: "none") == .everything)
        let other = try await inputs(
            go, ["m_test.go": InputsTests.test], variables: ["GOFLAGS": "-modfile=other.mod"])
        #expect(other == .everything)
        let bench = try await Workbench(go, ["m_test.go": InputsTests.test], hasModule: false)
        let none = try await bench.toolchain.inputs(ofPackage: ".", in: bench.root, options: bench.options)
        #expect(none == .everything)
    }

    /// C files may include what lies anywhere.
    @Test(.enabled(if: InputsTests.hasCompiler), arguments: GoCommands.all)
    func areEverythingWithC(go: String) async throws {
        let files = ["m.go": "package m\n\n// int x;\nimport \"C\"\n", "m_test.go": InputsTests.test]
        let bench = try await Workbench(go, files, variables: ["CGO_ENABLED": "1"])
        #expect(try await bench.failure() == nil)
        #expect(
            try await bench.toolchain.inputs(ofPackage: ".", in: bench.root, options: bench.options) == .everything)
    }

    private static var hasCompiler: Bool {
        ["/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"].contains(where: FileManager.default.isExecutableFile)
    }

    private static let reading = Workbench.testFile(
        """
        var early, _ = os.ReadFile("../data/variable")

        func init() { os.ReadFile("../data/init") }

        func TestMain(m *testing.M) {
        \tos.ReadFile("data/main")
        \tm.Run()
        }

        func BenchmarkReads(b *testing.B) {
        \tos.ReadFile("../data/relative")
        \tos.ReadFile(os.Getenv("PWD") + "/absolute")
        \tos.ReadFile("link/file")
        \tos.Stat("/etc/hosts")
        \tos.Chdir("../data/inner")
        \tos.Open("changed")
        \tos.Chdir("nowhere")
        \tsyscall.Open("raw", 0, 0)
        \tos.Chdir("../../p")
        }

        func BenchmarkMany(b *testing.B) {
        \tif b.N > 1 {
        \t\tos.Readlink("../data/many")
        \t}
        }

        func BenchmarkGit(b *testing.B) { os.ReadDir("../.git") }

        func BenchmarkChild(b *testing.B) { exec.Command("true").Run() }

        func BenchmarkMissing(b *testing.B) { exec.Command("/no/such/program").Run() }

        func BenchmarkLink(b *testing.B) {
        \tos.Symlink("../data", "made")
        \tos.ReadFile("made/x")
        \tos.Remove("made")
        }

        func BenchmarkUnlink(b *testing.B) {
        \tos.ReadFile("link/file")
        \tos.Remove("link")
        }

        func BenchmarkPanic(b *testing.B) { panic("") }
        """, importing: ["os", "os/exec", "syscall"])

    /// From what a benchmark asks for to the inputs, from the package's variables on.
    @Test(arguments: GoCommands.all) func coverWhatABenchmarkReads(go: String) async throws {
        let bench = try await Workbench(
            go, ["p/m_test.go": InputsTests.reading, "data/inner/x": "", "data/linked/file": "", ".git/config": ""])
        let link = bench.root + "/p/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../data/linked")
        let binary = try await bench.binary("p")
        let always = ["data/variable", "data/init", "p/data/main"]
        for (function, expected) in [
            (
                "Reads",
                always + [
                    "data/relative", "p/absolute", "p/link", "data/linked/file", "data/inner/changed",
                    "data/inner", "data/inner/nowhere", "data/inner/raw", "data",
                ]
            ),
            ("Many", always + ["data/many"]), ("Git", [""]), ("Child", [""]), ("Missing", [""]), ("Link", [""]),
            ("Panic", always), ("Unlink", [""]),
        ] {
            let log = try AccessLog(at: bench.module.folder.appending(path: "access.log").path)
            for iterations in [1, 2] {
                _ = try await binary.run(
                    "^Benchmark\(function)$", function: "Benchmark\(function)", iterations: iterations, cpu: 1,
                    accessLog: log)
            }
            let paths = log.adding(to: Inputs(), of: "p", in: bench.root).paths
            #expect(paths == Set(expected), "\(function)")
        }
    }

    @Test("Logging changes no number", arguments: GoCommands.all) func logsForFree(go: String) async throws {
        let text = Workbench.testFile(
            """
            func BenchmarkOpens(b *testing.B) {
            \tfor i := 0; i < b.N; i++ {
            \t\tfile, _ := os.Open("m_test.go")
            \t\tfile.Close()
            \t\tos.Stat("..")
            \t}
            }
            """, importing: ["os"])
        let bench = try await Workbench(go, ["m_test.go": text])
        let binary = try await bench.binary()
        let log = try AccessLog(at: bench.module.folder.appending(path: "access.log").path)
        var totals: [[Double?]] = []
        for log in [nil, log] {
            var found: [Double?] = []
            for iterations in [100, 1100] {
                let outcome = try await binary.run(
                    "^BenchmarkOpens$", function: "BenchmarkOpens", iterations: iterations, cpu: 1, accessLog: log)
                found.append(outcome.results.first?.values[ProbeUnit.mallocs.rawValue])
            }
            totals.append(found)
        }
        let slopes = totals.map { (($0[1] ?? 0) - ($0[0] ?? 0)) / 1000 }
        #expect(slopes[0].rounded() == slopes[1].rounded() && slopes[0] > 0)
        #expect(log.adding(to: Inputs(), of: ".", in: bench.root).paths == ["m_test.go"])
    }
}
