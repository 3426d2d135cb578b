import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("What a run does to processes, streams, descriptors and variables", .tags(.go), .serialized)
struct ProcessTests {
    private static let functions = """
        func start(setsid, stdout bool) {
        \tcommand := exec.Command("sleep", "300")
        \tcommand.SysProcAttr = &syscall.SysProcAttr{Setsid: setsid}
        \tif stdout {
        \t\tcommand.Stdout = os.Stdout
        \t}
        \tif err := command.Start(); err != nil {
        \t\tpanic(err)
        \t}
        \tos.WriteFile("pid", []byte(fmt.Sprint(command.Process.Pid)), 0o644)
        }

        func BenchmarkChild(b *testing.B) { start(false, false) }

        func BenchmarkChildWithStdout(b *testing.B) { start(false, true) }

        func BenchmarkSession(b *testing.B) { start(true, false) }

        func BenchmarkSessionWithStdout(b *testing.B) { start(true, true) }

        func BenchmarkEndedChild(b *testing.B) {
        \tcommand := exec.Command("true")
        \toutput, _ := command.StdoutPipe()
        \tcommand.Start()
        \tio.ReadAll(output)
        \ttime.Sleep(20 * time.Millisecond)
        }

        func BenchmarkEndless(b *testing.B) {
        \tstart(true, true)
        \tfor {
        \t}
        }

        func BenchmarkEnvironment(b *testing.B) {
        \tos.WriteFile("environment", []byte(strings.Join(os.Environ(), "\\n")), 0o644)
        }

        func BenchmarkDescriptors(b *testing.B) {
        \tentries, _ := os.ReadDir("/proc/self/fd")
        \tvar names []string
        \tfor _, entry := range entries {
        \t\tname, _ := os.Readlink("/proc/self/fd/" + entry.Name())
        \t\tnames = append(names, name)
        \t}
        \tos.WriteFile("descriptors", []byte(strings.Join(names, "\\n")), 0o644)
        }
        """

    private static func bench(
        _ go: String, variables: [String: String] = [:], extra: [String] = []
    ) async throws -> (TestBinary, Workbench) {
        let text = Workbench.testFile(
            functions, importing: ["fmt", "io", "os", "os/exec", "strings", "syscall", "time"])
        let bench = try await Workbench(go, ["m_test.go": text], variables: variables, extra: extra)
        return (try await bench.binary(), bench)
    }

    /// The process that a benchmark has started, which it wrote down; nil before it did.
    private static func child(of bench: Workbench) -> pid_t? {
        (try? String(contentsOfFile: bench.root + "/pid", encoding: .utf8)).flatMap { pid_t($0) }
    }

    /// Whether such a process is there, alive or not waited for: another one may have its number by now.
    private static func isThere(_ child: pid_t) -> Bool {
        String(decoding: ProcessFile.content(child, "comm"), as: UTF8.self) == "sleep\n"
    }

    @Test(arguments: GoCommands.all) func endsWhatABenchmarkLeavesBehind(go: String) async throws {
        let (binary, bench) = try await ProcessTests.bench(go)
        let start = ContinuousClock.now
        for name in ["Child", "ChildWithStdout", "Session", "SessionWithStdout"] {
            let outcome = try await binary.run("Benchmark" + name)
            #expect(outcome.failure?.reason == .leftProcesses, "\(name)")
            #expect(outcome.results.map(\.name) == ["Benchmark" + name])
            let child = try #require(ProcessTests.child(of: bench))
            #expect(!ProcessTests.isThere(child), "\(name)")
        }
        let ended = try await binary.run("BenchmarkEndedChild")
        #expect(ended.failure == nil && ended.results.count == 1)
        #expect(ContinuousClock.now - start < .seconds(240))
    }

    @Test(arguments: GoCommands.all) func cancellationEndsEverything(go: String) async throws {
        let (binary, bench) = try await ProcessTests.bench(go)
        let run = Task { try await binary.run("BenchmarkEndless") }
        while ProcessTests.child(of: bench) == nil { try await Task.sleep(for: .milliseconds(5)) }
        let child = try #require(ProcessTests.child(of: bench))
        #expect(ProcessTests.isThere(child))
        let start = ContinuousClock.now
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
        #expect(ContinuousClock.now - start < .seconds(120))
        #expect(!ProcessTests.isThere(child))
        // A task that is cancelled before it starts runs nothing.
        try FileManager.default.removeItem(atPath: bench.root + "/pid")
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await binary.run("BenchmarkEndless")
        }
        await #expect(throws: CancellationError.self) { try await late.value }
    }

    @Test(arguments: GoCommands.all) func passesNoSecrets(go: String) async throws {
        let (binary, bench) = try await ProcessTests.bench(
            go, variables: ["GITHUB_TOKEN": "t0ken", "SECRET": "s3cret", "WANTED": "yes", "CGO_CFLAGS": "-O1"],
            extra: ["WANTED"])
        #expect(try await binary.run("BenchmarkEnvironment").failure == nil)
        let text = try String(contentsOfFile: bench.root + "/environment", encoding: .utf8)
        let variables = text.split(separator: "\n").map(String.init)
        #expect(!text.contains("t0ken") && !text.contains("s3cret"))
        #expect(variables.contains("WANTED=yes") && variables.contains("CGO_CFLAGS=-O1"))
        let goRoot = try #require(bench.toolchain.settings["GOROOT"])
        #expect(variables.contains("GOROOT=\(goRoot)") && variables.contains("PWD=\(bench.root)"))
        #expect(variables.contains { $0.hasPrefix("PATH=\(goRoot)/bin:") })
        #expect(bench.toolchain.influences["WANTED"] == "yes")
    }

    #if os(Linux)
        @Test(arguments: GoCommands.all) func passesNoDescriptors(go: String) async throws {
            let (binary, bench) = try await ProcessTests.bench(go)
            let path = bench.root + "/go.mod"
            let descriptor = open(path, O_RDONLY)
            defer { close(descriptor) }
            #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC == 0)
            #expect(try await binary.run("BenchmarkDescriptors").failure == nil)
            let names = try String(contentsOfFile: bench.root + "/descriptors", encoding: .utf8).split(separator: "\n")
            #expect(names.count >= 3 && !names.contains { $0 == path })
            #expect(names.count { $0.hasPrefix("pipe:") } <= 2 + 2)
        }
    #endif
}
