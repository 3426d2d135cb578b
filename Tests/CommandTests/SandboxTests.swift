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

    @Test("Hostile benchmarks change nothing, see no token, leave nothing running, and cost no one else's measurement")
    func hostility() async throws {
        let history = try history()
        let before = try await files(history)
        let outcome = try await find(history)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.culprits(of: "BenchmarkWork") == [history.id("2").description])
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
        #expect(try outcome.culprits(of: "BenchmarkWork") == [history.id("2").description])
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
        #expect(doctor.output.contains("weaker box"), "\(doctor.output)")
        let demanded = try await Program.run(
            arguments + ["--sandbox", "bwrap"], in: history.path, environment: environment)
        #expect(demanded.status == 2)
        #expect(demanded.errors.contains("--sandbox bwrap is not available"), "\(demanded.errors)")
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
}
