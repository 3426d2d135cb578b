import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Binaries that are built without idle tests", .tags(.go), .serialized)
struct IdleTestBinaryTests {
    /// The binary of a package, built for benchmarks alone.
    private func binary(_ bench: Workbench, _ kinds: Set<FunctionKind> = [.benchmark]) async throws -> TestBinary {
        var options = bench.options
        options.kinds = kinds
        let path = bench.module.folder.appending(path: "idle.test").path
        switch try await bench.toolchain.build(package: ".", in: bench.root, to: path, options: options) {
        case .built(let binary): return binary
        case .failed(let failure): throw Workbench.BuildFailed(failure: failure)
        }
    }

    private func holds(_ text: String, _ binary: TestBinary) throws -> Bool {
        try Data(contentsOf: URL(filePath: binary.path)).range(of: Data(text.utf8)) != nil
    }

    private static let benchmark = """
        var sink []byte
        func BenchmarkA(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tsink = make([]byte, 64)
        \t\twork(b)
        \t}
        }
        """

    @Test("What only go test calls is not compiled, and benchmarks are as they were", arguments: GoCommands.all)
    func spares(go: String) async throws {
        let tests = """
            func TestIdle(t *testing.T) {
            \tfor i := range []int{1, 2, 3} { t.Log("the body of a test", i) }
            }
            func TestCalled(t *testing.T) { fmt.Fprint(io.Discard, "the body of a helper") }
            func ExampleA() {
            \tfmt.Println("the body of an example")
            \t// Output: x
            }
            func work(b *testing.B) { TestCalled(nil) }
            """
        let file = Workbench.testFile(Self.benchmark + "\n" + tests, importing: ["fmt", "io"])
        let bench = try await Workbench(go, ["a_test.go": file])
        let idle = try await binary(bench)
        #expect(try !holds("the body of a test", idle) && !holds("the body of an example", idle))
        #expect(try holds("the body of a helper", idle))
        #expect(try await idle.functions()?.sorted() == ["BenchmarkA", "TestCalled", "TestIdle"])
        let value = try await idle.values("BenchmarkA")["BenchmarkA"]?[.allocations]
        let whole = try await binary(bench, Set(FunctionKind.allCases))
        #expect(try holds("the body of a test", whole) && holds("the body of an example", whole))
        #expect(try await whole.values("BenchmarkA")["BenchmarkA"]?[.allocations] == value && value == 1)
        #expect(try await whole.run("TestIdle").failure == nil)
        #expect(idle.kinds == [.benchmark] && whole.kinds == Set(FunctionKind.allCases))
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.root).sorted() == ["a_test.go", "go.mod"])
        let left = try FileManager.default.contentsOfDirectory(atPath: bench.module.folder.path)
        #expect(!left.contains { $0.hasSuffix(".idle") })
    }

    @Test("The engine of fuzz tests is not linked, also where there are no tests", arguments: GoCommands.all)
    func engine(go: String) async throws {
        let file = Workbench.testFile(Self.benchmark + "\nfunc work(b *testing.B) {}\n")
        let bench = try await Workbench(go, ["a_test.go": file])
        let engine = "internal/fuzz."
        let idle = try await binary(bench)
        #expect(try !holds(engine, idle))
        #expect(try await idle.values("BenchmarkA")["BenchmarkA"]?[.allocations] == 1)
        #expect(try await holds(engine, binary(bench, Set(FunctionKind.allCases))))
    }

    @Test("Where the engine does not fit, the binary is built whole", arguments: GoCommands.all)
    func unfit(go: String) async throws {
        let file = Workbench.testFile(Self.benchmark + "\nfunc work(b *testing.B) {}\n")
        var bench = try await Workbench(go, ["a_test.go": file])
        let known = try #require(bench.options.idle)
        var overlay = try JSONDecoder().decode(
            [String: [String: String]].self, from: Data(contentsOf: URL(filePath: known)))
        let stub = bench.module.folder.appending(path: "stub.go")
        try Data("package fuzz\n".utf8).write(to: stub)
        let path = try #require(overlay["Replace"]?.first { $0.value != "" }?.key)
        overlay["Replace"]?[path] = stub.path
        let other = bench.module.folder.appending(path: "other.json")
        try JSONEncoder().encode(overlay).write(to: other)
        bench.options.idle = other.path
        #expect(try await holds("internal/fuzz.", binary(bench)))
    }

    @Test("An engine that is not known is left as it is")
    func otherEngines() {
        let user = "err = fuzz.Run(1)\nvar e fuzz.Entry\n"
        let run = "package fuzz\n\nfunc Run(n int) error {\n\treturn nil\n}\n"
        let entry = "package fuzz\n\ntype Entry struct {\n\tAt time.Time\n}\n"
        let stub = Probe.idleFuzzing([run, entry], for: user)
        #expect(stub?.contains("\nfunc Run(n int) error { panic(") == true)
        #expect(stub?.contains("\ntype Entry struct {\n\tAt time.Time\n}\n") == true)
        #expect(Probe.idleFuzzing([run], for: user) == nil)
        #expect(Probe.idleFuzzing([run, run, entry], for: user) == nil)
        #expect(Probe.idleFuzzing([run.replacing("error {\n", with: "error\n{\n"), entry], for: user) == nil)
        #expect(Probe.idleFuzzing([run, entry.replacing("time.Time", with: "big.Int")], for: user) == nil)
    }

    @Test(
        "Where a process may run tests, or a name may lead to one, all of them are compiled",
        arguments: [
            "const flag = \"test.run\"", "var self = os.Args[0]", "const argument = \"-test.run=TestIdle\"",
            "// See go:linkname.",
        ])
    func leaves(declaration: String) async throws {
        let file = Workbench.testFile(
            """
            \(Self.benchmark)
            \(declaration)
            var _, _ = os.Stdin, unsafe.Sizeof(1)
            func work(b *testing.B) {}
            func TestIdle(t *testing.T) { t.Log("the body of a test") }
            """, importing: ["os", "unsafe"])
        let go = try #require(GoCommands.all.last)
        let bench = try await Workbench(go, ["a_test.go": file])
        #expect(try await holds("the body of a test", binary(bench)))
        let other = "package m\n\nvar _ = TestIdle\n"
        let plain = file.replacing(declaration, with: "")
        let split = try await Workbench(go, ["a_test.go": plain, "b_test.go": other])
        #expect(try await holds("the body of a test", binary(split)))
        let spared = try await Workbench(go, ["a_test.go": plain])
        #expect(try await !holds("the body of a test", binary(spared)))
    }

    @Test("A test that is called all the same is compiled after all", arguments: GoCommands.all)
    func falls(go: String) async throws {
        let file = Workbench.testFile(
            """
            \(Self.benchmark)
            func TestMain(m *testing.M) {
            \tflag.Parse()
            \tflag.Set("test."+"run", ".")
            \tm.Run()
            }
            var ready bool
            func TestSetUp(t *testing.T) { ready = true }
            func work(b *testing.B) {
            \tif !ready { b.Fatal("not ready") }
            }
            """, importing: ["flag"])
        let bench = try await Workbench(go, ["a_test.go": file])
        let binary = try await binary(bench)
        #expect(try holds(IdleTests.mark, binary))
        let run = try await binary.run("BenchmarkA")
        #expect(run.failure == nil && run.results.map(\.name) == ["BenchmarkA"])
        #expect(try !holds(IdleTests.mark, binary))
    }

    @Test("A package whose panic is its own is built as it is") func shadowed() async throws {
        let tests = "func work(b *testing.B) {}\nfunc TestIdle(t *testing.T) { t.Log(\"the body of a test\") }"
        let file = Workbench.testFile(Self.benchmark + "\n" + tests)
        let go = try #require(GoCommands.all.last)
        let bench = try await Workbench(
            go, ["a_test.go": file, "a.go": "package m\n\nfunc panic(n int) int { return n }\n"])
        #expect(try await holds("the body of a test", binary(bench)))
    }

    @Test("A mistake in an idle test is what it was: the build fails, at its line")
    func mistakes() async throws {
        let file = Workbench.testFile(
            Self.benchmark + "\nfunc work(b *testing.B) {}\nfunc TestIdle(t *testing.T) {\n\tt.Nothing()\n}\n")
        let go = try #require(GoCommands.all.last)
        let bench = try await Workbench(go, ["a_test.go": file])
        let error = await #expect(throws: Workbench.BuildFailed.self) { try await binary(bench) }
        let line = file.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("t.Nothing") }
        #expect(try error?.failure.message.contains("a_test.go:\(#require(line) + 1):") == true)
    }
}
