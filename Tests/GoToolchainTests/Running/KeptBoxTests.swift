import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("A box that stays for several runs", .tags(.go), .serialized)
struct KeptBoxTests {
    /// Each benchmark tells its own number in its box, where numbers begin again; one that must not see what another
    /// left fails when it does.
    private static let source = Workbench.testFile(
        """
        func report(b *testing.B) {
        \tb.ReportMetric(float64(os.Getpid()), "number")
        \tfor _, path := range []string{"/tmp/left", "/dev/shm/left", "/var/tmp/left"} {
        \t\tif _, err := os.Stat(path); err == nil {
        \t\t\tb.Fatal(path)
        \t\t}
        \t}
        \tprocesses, _ := filepath.Glob("/proc/[0-9]*")
        \tif len(processes) != 2 {
        \t\tb.Fatal(processes)
        \t}
        \tif len(os.Environ()) > 40 || os.Getenv("OLDPWD") != "" || os.Getenv("_") != "" {
        \t\tb.Fatal(os.Environ())
        \t}
        }

        func BenchmarkClean(b *testing.B) { report(b) }

        func BenchmarkTemporary(b *testing.B) {
        \treport(b)
        \tos.WriteFile("/tmp/left", nil, 0o600)
        }

        func BenchmarkShared(b *testing.B) {
        \treport(b)
        \tos.WriteFile("/dev/shm/left", nil, 0o600)
        }

        func BenchmarkDaemon(b *testing.B) {
        \treport(b)
        \tcommand := exec.Command("sleep", "100")
        \tcommand.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
        \tif err := command.Start(); err != nil {
        \t\tb.Fatal(err)
        \t}
        }

        func BenchmarkFails(b *testing.B) {
        \treport(b)
        \tos.Exit(3)
        }

        func BenchmarkSignals(b *testing.B) {
        \treport(b)
        \tsyscall.Kill(os.Getppid(), syscall.SIGKILL)
        \tsyscall.Kill(os.Getppid(), syscall.SIGTERM)
        }

        func BenchmarkForges(b *testing.B) {
        \tfile, err := os.OpenFile("/proc/1/fd/1", os.O_WRONLY, 0)
        \tif err == nil {
        \t\tfmt.Fprint(file, "7 0\\n")
        \t}
        }

        func BenchmarkOrders(b *testing.B) {
        \tdirectory, _ := os.Getwd()
        \tfile, err := os.OpenFile(directory+".box/in", os.O_WRONLY, 0)
        \tif err == nil {
        \t\tfmt.Fprint(file, "7\\n7\\n")
        \t}
        }

        func BenchmarkAsks(b *testing.B) {
        \tcontent, _ := io.ReadAll(os.Stdin)
        \tif len(content) > 0 {
        \t\tb.Fatal(content)
        \t}
        }

        func BenchmarkPrints(b *testing.B) {
        \tfor i := 0; i < 300_000; i++ {
        \t\tfmt.Println("printed", i)
        \t\tfmt.Fprintln(os.Stderr, "printed", i)
        \t}
        }

        func BenchmarkWaits(b *testing.B) { time.Sleep(time.Hour) }
        """, importing: ["fmt", "io", "os", "os/exec", "path/filepath", "syscall", "time"])

    /// A slot's folders, as the program has them, with the binary of the benchmarks.
    private struct Slot {
        /// Its files last as long as it does.
        let bench: Workbench
        let binary: TestBinary

        init(_ go: String, limits: Limits = Limits(), name: String = "0") async throws {
            bench = try await Workbench(go, [:], limits: limits)
            let worktrees = bench.module.folder.path + "/it's a\ttree"
            let root = "\(worktrees)/\(name)"
            for folder in [root, root + ".scratch/run"] {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
            try Data("module m\n\ngo 1.19\n".utf8).write(to: URL(filePath: root + "/go.mod"))
            try Data(KeptBoxTests.source.utf8).write(to: URL(filePath: root + "/m_test.go"))
            var toolchain = bench.toolchain
            toolchain.confinement = Confinement(
                try await Sandbox(.bwrap, searchPath: "", launcher: nil), hasNetwork: false, worktrees: worktrees,
                hidden: [], shown: [bench.module.folder.appending(path: "probe").path], toolchain: toolchain)
            let outcome = try await toolchain.build(
                package: ".", in: root, to: root + ".scratch/m.test", options: bench.options)
            switch outcome {
            case .built(let built): binary = built
            case .failed(let failure): throw Workbench.BuildFailed(failure: failure)
            }
        }

        var folder: String { binary.root + ".box" }
    }

    /// The number that a benchmark has in its box.
    private func number(_ function: String, of binary: TestBinary) async throws -> Double? {
        let outcome = try await binary.run(function, iterations: 1)
        #expect(outcome.failure == nil, "\(function)")
        return outcome.results.first?.values["number"]
    }

    @Test("It serves one run after the other, until anything is left in it", arguments: GoCommands.all)
    func stays(go: String) async throws {
        let slot = try await Slot(go)
        let binary = slot.binary
        let first = try #require(try await number("BenchmarkClean", of: binary))
        for function in ["BenchmarkTemporary", "BenchmarkShared", "BenchmarkDaemon"] {
            #expect(try #require(try await number("BenchmarkClean", of: binary)) > first)
            #expect(try #require(try await number(function, of: binary)) > first, "\(function)")
            #expect(try await number("BenchmarkClean", of: binary) == first, "\(function)")
        }
        #expect(try await binary.run("BenchmarkFails", iterations: 1).failure?.reason == .exited)
        #expect(try await number("BenchmarkClean", of: binary) == first)
        // Signals do not reach what leads the box.
        #expect(try #require(try await number("BenchmarkSignals", of: binary)) > first)
        #expect(try #require(try await number("BenchmarkClean", of: binary)) > first)
        await binary.toolchain.endKeptBoxes(at: binary.root)
        #expect(try await number("BenchmarkClean", of: binary) == first)
        await binary.toolchain.endKeptBoxes()
        #expect(!FileManager.default.fileExists(atPath: slot.folder))
    }

    @Test("What runs in it cannot make its leader tell another ending", arguments: GoCommands.all)
    func forgery(go: String) async throws {
        let slot = try await Slot(go)
        let binary = slot.binary
        let first = try #require(try await number("BenchmarkClean", of: binary))
        let forged = try await binary.run("BenchmarkForges", iterations: 1).failure
        #expect(forged?.message.contains("spoke in place") == true)
        #expect(try await number("BenchmarkClean", of: binary) == first)
        // What it orders to be run once more is answered after its own run, and never taken for a later one.
        _ = try await binary.run("BenchmarkOrders", iterations: 1)
        for _ in 0..<5 {
            let failure = try await binary.run("BenchmarkFails", iterations: 1).failure
            #expect(failure?.reason == .exited)
        }
        #expect(try await number("BenchmarkClean", of: binary) == first)
    }

    @Test("Streams are whole, and limits end the run", arguments: GoCommands.all)
    func streams(go: String) async throws {
        let slot = try await Slot(go, limits: Limits(time: .seconds(4), output: 1 << 20))
        let binary = slot.binary
        #expect(try await binary.run("BenchmarkAsks", iterations: 1).failure == nil)
        #expect(try await binary.run("BenchmarkPrints", iterations: 1).failure?.reason == .flood)
        #expect(try await binary.run("BenchmarkWaits", iterations: 1).failure?.reason == .timeout)
        let wide = try await Slot(go)
        let printed = try await wide.binary.run("BenchmarkPrints", iterations: 1)
        #expect(printed.failure == nil)
        #expect(printed.results.count == 1)
    }

    @Test("A run that is cancelled leaves no box", .timeLimit(.minutes(2)))
    func cancelled() async throws {
        let slot = try await Slot(GoCommands.all[0])
        let binary = slot.binary
        #expect(try await binary.run("BenchmarkClean", iterations: 1).failure == nil)
        let task = Task { try await binary.run("BenchmarkWaits", iterations: 1) }
        let order = slot.folder + "/run"
        while (try? String(contentsOfFile: order, encoding: .utf8))?.contains("Waits") != true {
            try await Task.sleep(for: .milliseconds(20))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(!FileManager.default.fileExists(atPath: slot.folder))
    }

    @Test("Where none can be kept, each run has one of its own")
    func equalsSign() async throws {
        let slot = try await Slot(GoCommands.all[0], name: "a=b")
        let binary = slot.binary
        let first = try #require(try await number("BenchmarkClean", of: binary))
        #expect(try await number("BenchmarkClean", of: binary) == first)
    }

    /// bubblewrap has its child end with it only when all mounts are made. The first process of a box heeds no SIGPIPE.
    @Test("A shell whose program was killed while its box was made ends")
    func unheard() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "unheard-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = """
            set -o pipefail; mkfifo "$2/in"
            (trap '' PIPE; sleep 0.5; exec timeout 30 sh -c "$1" sh "$2") | :
            """
        let child = ChildProcess(
            executable: "/bin/bash", arguments: ["-c", script, "bash", KeptBox.script, folder], directory: "/",
            environment: ["PATH": "/usr/bin:/bin"], limits: Limits(time: .seconds(60)))
        #expect(try await child.run().ending == .exited(1))
    }
}
