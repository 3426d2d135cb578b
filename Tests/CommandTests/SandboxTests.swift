import Foundation
import Git
import TestSupport
import Testing

/// Benchmarks that mean harm.
@Suite("The box for old code", .tags(.go), .serialized)
struct SandboxTests {
    /// Benchmarks that get at what is not theirs, and one that does its work. `REPOSITORY` is the user's.
    private static let source = """
        package m

        import (
        \t"bytes"
        \t"os"
        \t"os/exec"
        \t"path/filepath"
        \t"syscall"
        \t"testing"
        )

        const repository = "REPOSITORY"

        func BenchmarkAGit(b *testing.B) {
        \tfor _, where := range [][]string{nil, {"-C", repository}, {"--git-dir", repository + "/.git"}} {
        \t\tfor _, what := range [][]string{{"config", "a.b", "c"}, {"tag", "planted"}, {"branch", "planted"}, {"init"}} {
        \t\t\texec.Command("git", append(where, what...)...).Run()
        \t\t}
        \t}
        }

        func BenchmarkBFiles(b *testing.B) {
        \tfor _, path := range []string{"planted", "m.go", ".git/hooks/post-merge", ".git/config", "../outside",
        \t\t".git/allocbisect/measurements.sqlite", ".git/allocbisect/probe/planted", ".git/allocbisect/locks"} {
        \t\tos.WriteFile(filepath.Join(repository, path), []byte("planted"), 0o755)
        \t\tos.Remove(filepath.Join(repository, path))
        \t}
        \tos.RemoveAll(repository)
        }

        func BenchmarkCSecrets(b *testing.B) {
        \tpaths, _ := filepath.Glob("/proc/[0-9]*/environ")
        \tfor _, path := range paths {
        \t\tif text, _ := os.ReadFile(path); bytes.Contains(text, []byte("PLANTED")) {
        \t\t\tb.Fatal("found a token in " + path)
        \t\t}
        \t}
        }

        func BenchmarkDDaemon(b *testing.B) {
        \texec.Command("/bin/sh", "-c", "cd /; (env -i setsid -f sleep 61.25 &)").Run()
        }

        func BenchmarkEStops(b *testing.B) {
        \tsyscall.Kill(os.Getppid(), syscall.SIGSTOP)
        }

        func BenchmarkFRemoves(b *testing.B) {
        \tdirectory, _ := os.Getwd()
        \tos.RemoveAll(directory)
        }

        func BenchmarkGCloses(b *testing.B) {
        \tos.Chmod(".", 0)
        }

        func BenchmarkWork(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tWork()
        \t}
        }

        """

    private func history() throws -> GoHistory {
        let history = try GoHistory()
        let source = SandboxTests.source.replacing("REPOSITORY", with: history.path)
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": source])
        try history.commit("1", ["m.go": GoSource.work(allocations: 1) + "// 1\n"])
        try history.commit("2", ["m.go": GoSource.work(allocations: 4)])
        try history.commit("3", ["m.go": GoSource.work(allocations: 4) + "// 3\n"])
        try history.checkout()
        return history
    }

    /// Every file of the user's with its contents.
    private func files(_ history: GoHistory) async throws -> String {
        let list = try await Program.shell(
            """
            find . -path ./repo/.git/allocbisect -prune -o -path './repo/.git/worktrees/allocbisect-*' -prune \
                -o -type f -print0 | sort -z | xargs -0 sha256sum
            """, in: history.folder.path)
        #expect(list.status == 0 && list.output.contains("m_test.go"))
        return list.output
    }

    private func find(_ history: GoHistory, _ arguments: String...) async throws -> Program.Outcome {
        let tokens = ["GITHUB_TOKEN": "PLANTED", "SSH_AUTH_SOCK": "/PLANTED", "CGO_TOKEN": "PLANTED"]
        return try await Program.run(
            ["main~3..main", "-m", "allocs/op", "--format", "json", "--no-explain"] + arguments, in: history.path,
            environment: Program.environment.merging(tokens) { $1 })
    }

    private func culprits(_ outcome: Program.Outcome) throws -> [String] {
        let series = try outcome.json()["series"] as? [[String: Any]] ?? []
        let work = series.first { $0["benchmark"] as? String == "BenchmarkWork" }
        return (work?["culprits"] as? [[String: Any]] ?? []).compactMap { $0["commit"] as? String }
    }

    @Test("Hostile benchmarks change nothing, see no token, leave nothing running, and cost no one else's measurement")
    func hostility() async throws {
        let history = try history()
        let before = try await files(history)
        let outcome = try await find(history)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try culprits(outcome) == [history.id("2").description])
        #expect(!outcome.output.contains("found a token"), "\(outcome.output)")
        #expect(try await files(history) == before)
        let left = try await Program.shell("pgrep -f 'sleep 61.2[5]'", in: "/")
        #expect(left.output.isEmpty)
        #expect(try await Program.shell("git worktree list", in: history.path).output.contains("prunable") == false)
    }

    @Test("Without a box a folder that is removed costs one benchmark")
    func unboxed() async throws {
        let history = try GoHistory()
        let source = SandboxTests.source.replacing("REPOSITORY", with: "/dev/null/elsewhere")
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": source])
        for number in 1...2 {
            try history.commit("\(number)", ["m.go": GoSource.work(allocations: 1 + number / 2 * 3) + "// \(number)\n"])
        }
        try history.checkout()
        let before = try await files(history)
        let outcome = try await Program.run(
            [
                "main~2..main", "-m", "allocs/op", "--format", "json", "--no-explain", "-b", "Removes|Work",
                "--sandbox", "off",
            ],
            in: history.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try culprits(outcome) == [history.id("2").description])
        #expect(!outcome.errors.contains("box"), "\(outcome.errors)")
        #expect(try await files(history) == before)
        #expect(try await Program.shell("git worktree list", in: history.path).output.contains("prunable") == false)
    }

    @Test("Where namespaces cannot be made, that is said once, and Landlock keeps files back")
    func fallback() async throws {
        let history = try history()
        let folder = history.folder.appending(path: "bin").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let fake = "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n"
        try fake.write(toFile: folder + "/bwrap", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/bwrap")
        var environment = Program.environment
        environment["PATH"] = folder + ":" + (environment["PATH"] ?? "")
        let before = try await files(history)
        let arguments = ["main~3..main", "-m", "allocs/op", "--no-explain", "-b", "AGit|Files|Stops|Work"]
        let outcome = try await Program.run(
            arguments, in: history.path, environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains(try history.id("2").short))
        let all = outcome.output + outcome.errors
        #expect(all.ranges(of: "No permissions to create new namespace").count == 1, "\(all)")
        #expect(try await files(history) == before)

        let doctor = try await Program.run(["doctor"], in: history.path, environment: environment)
        #expect(doctor.output.contains("lesser box"), "\(doctor.output)")
        let demanded = try await Program.run(
            arguments + ["--sandbox", "bwrap"], in: history.path, environment: environment)
        #expect(demanded.status == 2 && demanded.errors.contains("--sandbox bwrap cannot be had"), "\(demanded.errors)")
    }

    @Test("The setting counts unless an option says otherwise")
    func setting() async throws {
        let history = try history()
        let boxed = try await Program.run(["doctor"], in: history.path)
        #expect(boxed.output.contains("a box of its own"), "\(boxed.output)")
        _ = try await Program.shell("git config allocbisect.sandbox off", in: history.path)
        let open = try await Program.run(["doctor"], in: history.path)
        #expect(open.output.contains("without a box"), "\(open.output)")
        let again = try await Program.run(["doctor", "--sandbox", "bwrap"], in: history.path)
        #expect(again.output.contains("a box of its own"), "\(again.output)")
        _ = try await Program.shell("git config allocbisect.sandbox tight", in: history.path)
        let wrong = try await Program.run(["main~1..main"], in: history.path)
        #expect(wrong.status != 0 && wrong.errors.contains("allocbisect.sandbox is 'tight'"), "\(wrong.errors)")
    }

    @Test("A path with tabs or line breaks is as good as any other", arguments: ["t\tb", "n\nl", "q'\"%d $x"])
    func oddPaths(name: String) async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        let path = history.folder.appending(path: name).path
        try FileManager.default.moveItem(atPath: history.path, toPath: path)
        let outcome = try await Program.run(["main~1..main", "-m", "allocs/op", "--no-explain"], in: path)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        try FileManager.default.moveItem(atPath: path, toPath: history.path)
        #expect(outcome.output.contains("culprit \(try history.id("1"))"), "\(outcome.output)")
    }

    @Test("A service of the machine is out of reach, which is told with what lets a benchmark reach it")
    func service() async throws {
        let service = try Service()
        let history = try GoHistory()
        let test = """
            package m

            import (
            \t"net"
            \t"testing"
            )

            func BenchmarkWork(b *testing.B) {
            \tconnection, err := net.Dial("tcp", "127.0.0.1:\(service.port)")
            \tif err != nil {
            \t\tb.Fatal(err)
            \t}
            \tdefer connection.Close()
            \tb.ResetTimer()
            \tfor i := 0; i < b.N; i++ {
            \t\tWork()
            \t}
            }

            """
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": test])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        let arguments = ["main~1..main", "-m", "allocs/op", "--no-explain"]
        let closed = try await Program.run(arguments, in: history.path)
        #expect(closed.status == 4 && closed.output.contains("try again with --network"), "\(closed.output)")
        let open = try await Program.run(arguments + ["--network"], in: history.path)
        let culprit = try history.id("1").short
        #expect(open.status == 0 && open.output.contains(culprit), "\(open.output)\(open.errors)")
    }

    @Test(
        "A module that is missing is fetched, and the build that needs it sees it",
        arguments: GoCommands.all)
    func fetches(go: String) async throws {
        let history = try GoHistory()
        let module = "module example.com/m\n\ngo 1.19\n\nrequire example.com/dep v1.0.0\n"
        let test = """
            package m

            import (
            \t"testing"

            \t"example.com/dep"
            )

            func BenchmarkWork(b *testing.B) {
            \tfor i := 0; i < b.N; i++ {
            \t\tdep.Work(Times)
            \t}
            }

            """
        for (number, times) in [1, 1, 3].enumerated() {
            try history.commit(
                "\(number)",
                ["go.mod": module, "m_test.go": test, "m.go": "package m\n\nconst Times = \(times) // \(number)\n"])
        }
        let made = try await Program.shell(
            """
            mkdir -p proxy/example.com/dep/@v dep && cd dep && git init -q
            printf 'module example.com/dep\n\ngo 1.19\n' >go.mod
            printf 'package dep\n\nvar S []byte\n\nfunc Work(n int) {\n\tfor ; n > 0; n-- {\n\t\tS = make([]byte, 99)\n\t}\n}\n' >d.go
            git add -A && git -c user.name=A -c user.email=a@example.com commit -qm 1 && cd ../proxy/example.com/dep/@v
            git -C ../../../../dep archive --format=zip --prefix=example.com/dep@v1.0.0/ HEAD >v1.0.0.zip
            cp ../../../../dep/go.mod v1.0.0.mod && echo v1.0.0 >list
            echo '{"Version":"v1.0.0","Time":"2023-01-01T00:00:00Z"}' >v1.0.0.info
            """, in: history.folder.path)
        #expect(made.status == 0, "\(made.errors)")
        let variables = [
            "GOPROXY": "file://\(history.folder.path)/proxy", "GOSUMDB": "off", "GOFLAGS": "-mod=mod -modcacherw",
            "GOMODCACHE": history.folder.path + "/modules",
        ]
        let outcome = try await Program.run(
            ["main~2..main", "-m", "allocs/op", "--format", "json", "--no-explain", "--go", go],
            in: history.path, environment: Program.environment.merging(variables) { $1 })
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try culprits(outcome) == [history.id("2").description], "\(outcome.output)")
    }
}

/// Something that listens on the machine's loopback.
private final class Service: Sendable {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = self.descriptor
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
                    && listen(descriptor, 64) == 0
            }
        }
        try #require(isListening)
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
}
