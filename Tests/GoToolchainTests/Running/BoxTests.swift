import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("What runs in a box, and what it gives", .tags(.go), .serialized)
struct BoxTests {
    private static let functions = """
        var kept []*[64]byte
        var text string

        func BenchmarkMixed(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tm := map[string]int{"a": i}
        \t\tkept = append(kept, new([64]byte))
        \t\ttext = fmt.Sprint(m, os.Getenv("HOME"))
        \t}
        }

        func BenchmarkFiles(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tfile, err := os.CreateTemp("", "x")
        \t\tif err != nil {
        \t\t\tb.Fatal(err)
        \t\t}
        \t\tfile.Close()
        \t\tos.Remove(file.Name())
        \t}
        }

        func BenchmarkWaiting(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tgo func() { select {} }()
        \t}
        }

        func BenchmarkWrites(b *testing.B) {
        \tfor _, path := range []string{"/usr/planted", "../planted", os.Args[0]} {
        \t\tif err := os.WriteFile(path, nil, 0o600); err == nil {
        \t\t\tb.Fatal(path)
        \t\t}
        \t}
        }

        func BenchmarkBox(b *testing.B) {
        \tfmt.Fprintln(os.Stderr, "bwrap: pretended")
        \tos.Exit(1)
        }

        func BenchmarkKilled(b *testing.B) {
        \tsyscall.Kill(os.Getpid(), syscall.SIGKILL)
        }

        func BenchmarkGone(b *testing.B) {
        \tdirectory, _ := os.Getwd()
        \tos.RemoveAll(directory)
        \tos.Chmod(directory, 0)
        }
        """

    private static let source = Workbench.testFile(functions, importing: ["fmt", "os", "syscall"])

    /// The binary of the benchmarks above, as it runs in a kind of box.
    private func binary(_ bench: Workbench, _ sandbox: Sandbox) async throws -> TestBinary {
        var toolchain = bench.toolchain
        let probe = bench.module.folder.appending(path: "probe").path
        let scratch = bench.root + ".scratch"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        toolchain.confinement = Confinement(
            sandbox, hasNetwork: false, worktrees: bench.module.folder.path, hidden: [], shown: [probe],
            toolchain: toolchain)
        let outcome = try await toolchain.build(
            package: ".", in: bench.root, to: scratch + "/m.test", options: bench.options)
        switch outcome {
        case .built(let binary): return binary
        case .failed(let failure): throw Workbench.BuildFailed(failure: failure)
        }
    }

    @Test("has no mount inside of another one of its kind")
    func nestedMounts() {
        let box = Box(
            sandbox: Sandbox(kind: .bubblewrap("bwrap"), shortcoming: nil), hasNetwork: true,
            hidden: ["/home/u", "/srv", "/srv/repo/.git"],
            shown: ["/home/u/go", "/home/u/go/pkg/mod", "/home/u/go2"],
            writable: ["/home/u/go/pkg/mod/cache", "/srv/repo/.git/0"])
        let words = Bubblewrap.arguments(of: box).dropFirst(Bubblewrap.base.count)
        let mounts = words.joined(separator: " ").split(separator: " --").map { $0.trimmingPrefix("--") }
        #expect(
            Set(mounts.filter { !$0.hasPrefix("unsetenv") }) == [
                "tmpfs /home/u", "tmpfs /srv", "ro-bind-try /home/u/go /home/u/go",
                "ro-bind-try /home/u/go2 /home/u/go2",
                "bind /home/u/go/pkg/mod/cache /home/u/go/pkg/mod/cache",
                "bind /srv/repo/.git/0 /srv/repo/.git/0",
            ])
    }

    @Test("Counts are the same inside and outside", arguments: GoCommands.all)
    func numbers(go: String) async throws {
        let bench = try await Workbench(go, ["m_test.go": BoxTests.source])
        let inside = try await binary(bench, Sandbox(.bwrap, searchPath: "", launcher: nil))
        let outside = try await binary(bench, .off)
        for function in ["BenchmarkMixed", "BenchmarkFiles", "BenchmarkWaiting"] {
            let all = [try await inside.values(function), try await outside.values(function)]
            for metric in [Metric.allocations, .bytes, .goroutines, .retainedObjects] {
                let values = all.map { $0[function]?[metric] }
                let (first, second) = (try #require(values[0]), try #require(values[1]))
                // As far as two runs in the same place are the same: growing a slice or a map of the runtime's own.
                let jitter = metric.jitter(.standard) + 0.01 * second.magnitude
                #expect((first - second).magnitude <= jitter, "\(function) \(metric): \(first), \(second)")
            }
        }
    }

    @Test("What ends in a box is reported as it ended", arguments: GoCommands.all)
    func endings(go: String) async throws {
        let bench = try await Workbench(go, ["m_test.go": BoxTests.source])
        let binary = try await binary(bench, Sandbox(.bwrap, searchPath: "", launcher: nil))
        #expect(try await binary.run("BenchmarkWrites").failure == nil)
        #expect(!FileManager.default.fileExists(atPath: bench.module.folder.path + "/planted"))
        let killed = await #expect(throws: GoError.self) { try await binary.run("BenchmarkKilled") }
        #expect(killed?.code == .machine && killed?.description.contains("signal 9") == true)
        // It is the benchmark's own failure, and not the machine's.
        #expect(try await binary.run("BenchmarkBox").failure?.message.contains("bwrap: pretended") == true)
        _ = try await binary.run("BenchmarkGone")
        #expect(try await binary.run("BenchmarkMixed").failure?.reason == .failed)
        #expect(!binary.hasFolder)
    }

    @Test("What may be missed in a box is reported with what brings it back", .timeLimit(.minutes(1)))
    func notes() async throws {
        let bench = try await Workbench(GoCommands.all[0], [:])
        let home = FileManager.default.temporaryDirectory.appending(path: "home-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: home) }
        func note(_ text: String, by purpose: Confinement.Purpose, _ sandbox: Sandbox) -> String? {
            Confinement(
                sandbox, hasNetwork: false, worktrees: "/nowhere", hidden: [home], shown: [],
                toolchain: bench.toolchain
            ).note(about: text, by: purpose)
        }
        let refused = "dial tcp 127.0.0.1:5432: connect: connection refused"
        let box = try await Sandbox(.bwrap, searchPath: "", launcher: nil)
        #expect(note(refused, by: .run, box)?.contains("try again with --network") == true)
        #expect(note(refused, by: .build, box) == nil)
        #expect(note(refused, by: .run, .off) == nil)
        #expect(note("fatal: not a git repository", by: .run, box)?.contains("--sandbox off") == true)
        #expect(note("open \(home): no such file or directory", by: .run, box)?.contains(home) == true)
        try Data().write(to: URL(filePath: home + "/s"))
        let socket = "dial unix \(home)/s: connect: no such file or directory"
        #expect(note(socket, by: .run, box)?.contains("try again with --sandbox off") == true)
        // Looking for paths takes no longer for a text that is made to be slow to look through.
        #expect(note(String(repeating: "/", count: 1 << 16), by: .run, box) == nil)
        #expect(note("open \(home)/x: no such file or directory", by: .run, box) == nil, "It is not there at all.")
    }

    @Test("What variables name is to be seen, and the rest of the home is not")
    func paths() {
        #expect(VisiblePath.named(in: "/usr/bin:relative:/home/u/go") == ["/usr/bin", "/home/u/go"])
        #expect(VisiblePath.named(in: "-O2 -I/home/u/include -L/lib") == ["/home/u/include", "/lib"])
        #expect(VisiblePath.named(in: "-modfile=/home/u/x.mod") == ["/home/u/x.mod"])
        #expect("/a/b".isBelow("/a") && !"/a".isBelow("/a") && !"/ab".isBelow("/a"))
    }

    @Test("A folder's mount comes before those inside of it, and what may be written is")
    func mounts() throws {
        let box = Box(
            sandbox: .off, hasNetwork: false, hidden: ["/home/u/r/.git", "/home/u"],
            shown: ["/home/u/r/.git/w", "/home/u/go"], writable: ["/home/u/r/.git/w/0"])
        let arguments = Bubblewrap.arguments(of: box)
        let order = ["/home/u", "/home/u/r/.git/w", "/home/u/r/.git/w/0"]
        let places = try order.map { try #require(arguments.lastIndex(of: $0)) }
        #expect(places == places.sorted())
        #expect(arguments[places[2] - 2] == "--bind")
    }
}
