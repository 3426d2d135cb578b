import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Time, memory and output limits", .tags(.go), .serialized)
struct LimitTests {
    private static let functions = """
        func BenchmarkGood(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tkept = [][]byte{make([]byte, 1<<20)}
        \t}
        }

        var kept [][]byte

        func BenchmarkEndless(b *testing.B) {
        \tb.Run("first", func(b *testing.B) {})
        \tb.Run("second", func(b *testing.B) {
        \t\tfor {
        \t\t}
        \t})
        }

        func BenchmarkSilent(b *testing.B) {
        \tos.Stdout.Close()
        \tos.Stderr.Close()
        \tfor {
        \t}
        }

        func BenchmarkHoard(b *testing.B) {
        \tfor {
        \t\tkept = append(kept, make([]byte, 1<<20))
        \t\tfor i := range kept[len(kept)-1] {
        \t\t\tkept[len(kept)-1][i] = 1
        \t\t}
        \t}
        }

        func BenchmarkShares(b *testing.B) {
        \tfor {
        \t\tpart, err := syscall.Mmap(-1, 0, 64<<20, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED|syscall.MAP_ANON)
        \t\tif err != nil {
        \t\t\tb.Fatal(err)
        \t\t}
        \t\tfor i := 0; i < len(part); i += 4096 {
        \t\t\tpart[i] = 1
        \t\t}
        \t\ttime.Sleep(50 * time.Millisecond)
        \t}
        }

        func fill(b *testing.B, file *os.File) {
        \tpart := make([]byte, 16<<20)
        \tfor {
        \t\tif _, err := file.Write(part); err != nil {
        \t\t\tb.Fatal(err)
        \t\t}
        \t\ttime.Sleep(20 * time.Millisecond)
        \t}
        }

        func BenchmarkFillsDevice(b *testing.B) {
        \tfile, err := os.CreateTemp("/dev/shm", "m")
        \tif err != nil {
        \t\tb.Fatal(err)
        \t}
        \tdefer os.Remove(file.Name())
        \tfill(b, file)
        }

        func BenchmarkFillsNameless(b *testing.B) {
        \tname := []byte("x\\x00")
        \tcreate := map[string]uintptr{"amd64": 319, "arm64": 279}[runtime.GOARCH]
        \tnumber, _, errno := syscall.Syscall(create, uintptr(unsafe.Pointer(&name[0])), 0, 0)
        \tif errno != 0 {
        \t\tb.Fatal(errno)
        \t}
        \tfill(b, os.NewFile(number, "x"))
        }

        func BenchmarkIsLimited(b *testing.B) {
        \tvar own syscall.Rlimit
        \t// It is set from outside, as soon as that gets to run.
        \tfor try := 0; own.Max != 256<<20; try++ {
        \t\tif err := syscall.Getrlimit(syscall.RLIMIT_DATA, &own); err != nil || try == 3000 {
        \t\t\tb.Fatal(err, own)
        \t\t}
        \t\ttime.Sleep(10 * time.Millisecond)
        \t}
        \tif out, err := exec.Command("/bin/sh", "-c", "ulimit -H -d").Output(); err != nil || string(out) != "262144\\n" {
        \t\tb.Fatal(err, string(out))
        \t}
        }

        func BenchmarkMultiplies(b *testing.B) {
        \tfor i := 0; i < 2000; i++ {
        \t\texec.Command("/bin/sleep", "60").Start()
        \t}
        \ttime.Sleep(time.Minute)
        }

        func BenchmarkFlood(b *testing.B) {
        \tb.Run("first", func(b *testing.B) {})
        \tb.Run("second", func(b *testing.B) {
        \t\ttext := []byte(strings.Repeat(strings.Repeat("some text ", 300)+"\\n", 10))
        \t\tfor i := 0; i < 20000; i++ {
        \t\t\tos.Stdout.Write(text)
        \t\t}
        \t})
        }

        func BenchmarkErrorFlood(b *testing.B) {
        \ttext := []byte(strings.Repeat("x", 32000))
        \tfor i := 0; i < 20000; i++ {
        \t\tos.Stderr.Write(text)
        \t}
        }
        """

    private static func bench(_ go: String, _ limits: Limits) async throws -> (TestBinary, Workbench) {
        let imports = ["os", "os/exec", "runtime", "strings", "syscall", "time", "unsafe"]
        let text = Workbench.testFile(functions, importing: imports)
        // The limit on time must leave enough for the build.
        let bench = try await Workbench(go, ["m_test.go": text])
        let built = try await bench.binary()
        let toolchain = try await Toolchain(
            path: go, environment: bench.toolchain.environment, limits: limits)
        return (TestBinary(path: built.path, package: ".", root: bench.root, toolchain: toolchain), bench)
    }

    @Test(arguments: GoCommands.all) func time(go: String) async throws {
        let (binary, bench) = try await LimitTests.bench(go, Limits(time: .seconds(2)))
        let clock = ContinuousClock()
        let start = clock.now
        let endless = try await binary.run("BenchmarkEndless")
        #expect(endless.failure?.reason == .timeout && endless.failure?.limit == 2)
        #expect(endless.results.map(\.name) == ["BenchmarkEndless/first"])
        #expect(try await binary.run("BenchmarkSilent").failure?.reason == .timeout)
        #expect(clock.now - start < .seconds(240))
        _ = bench
    }

    @Test(arguments: GoCommands.all) func memory(go: String) async throws {
        let (binary, bench) = try await LimitTests.bench(go, Limits(time: .seconds(60), memory: 256 << 20))
        let hoard = try await binary.run("BenchmarkHoard")
        #expect(hoard.failure?.reason == .memory, "\(hoard.failure?.message ?? "")")
        #expect(hoard.failure?.limit == Double(256 << 20))
        #expect(try await binary.run("BenchmarkIsLimited").failure == nil)
        let good = try await binary.run("BenchmarkGood", iterations: 100)
        #expect(good.failure == nil && good.results.count == 1)
        _ = bench
    }

    /// What no limit of the kernel's counts for a process.
    @Test(arguments: GoCommands.all) func boxed(go: String) async throws {
        let (plain, bench) = try await LimitTests.bench(go, Limits())
        let sandbox = try await Sandbox(.auto, searchPath: "", launcher: nil)
        func binary(_ memory: UInt64) async throws -> TestBinary {
            var toolchain = try await Toolchain(
                path: go, environment: bench.toolchain.environment,
                limits: Limits(time: .seconds(60), memory: memory))
            toolchain.confinement = Confinement(
                sandbox, hasNetwork: false, worktrees: bench.module.folder.path, hidden: [], shown: [],
                toolchain: toolchain)
            return TestBinary(path: plain.path, package: ".", root: bench.root, toolchain: toolchain)
        }
        let roomy = try await binary(8 << 30)
        let binary = try await binary(256 << 20)
        #expect(try await binary.run("BenchmarkIsLimited").failure == nil)
        for function in ["BenchmarkShares", "BenchmarkFillsDevice", "BenchmarkFillsNameless"] {
            let failure = try await binary.run(function).failure
            #expect(failure?.reason == .memory, "\(function): \(String(describing: failure))")
            #expect(failure?.limit == Double(256 << 20), "\(function): \(String(describing: failure))")
        }
        // Each process takes memory in the kernel, of which a group counts all.
        #expect(try await roomy.run("BenchmarkMultiplies").failure?.reason == .processes)
    }

    @Test(arguments: GoCommands.all) func output(go: String) async throws {
        let (binary, bench) = try await LimitTests.bench(go, Limits(output: 1 << 20))
        let flood = try await binary.run("BenchmarkFlood")
        #expect(flood.failure?.reason == .flood)
        #expect(flood.results.map(\.name) == ["BenchmarkFlood/first"])
        #expect(try await binary.run("BenchmarkErrorFlood").failure?.reason == .flood)
        let (usual, other) = try await LimitTests.bench(go, Limits())
        #expect(try await usual.run("BenchmarkFlood").failure?.reason == .flood)
        _ = (bench, other)
    }
}
