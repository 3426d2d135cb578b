import Foundation
import Git
import TestSupport
import Testing

@Suite("Other machines measure", .tags(.go), .serialized)
struct FleetTests {
    /// Twelve commits, the eighth of which allocates more.
    func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        for number in 1...12 {
            try history.commit("\(number)", ["m.go": GoSource.work(allocations: number < 8 ? 1 : 3) + "// \(number)\n"])
        }
        return history
    }

    /// An executor on this machine.
    ///
    /// - Parameters:
    ///   - words: Further arguments of the worker.
    ///   - before: What a shell does before it starts one.
    func command(_ history: GoHistory, _ words: String = "", before: String = "") -> String {
        let mirrors = history.folder.appending(path: "mirrors").path
        return "exec:\(before) exec allocbisect worker --mirrors \(mirrors) \(words) {job}"
    }

    /// Searches the whole history, and expects the right commit by the JSON document.
    func expectCulprit(
        _ history: GoHistory, _ executor: String?, _ words: [String] = [],
        environment: [String: String] = Program.environment
    ) async throws -> Program.Outcome {
        let outcome = try await Program.run(
            ["main~12..main", "--format", "json", "-j", "2"] + words + (executor.map { ["--executor", $0] } ?? []),
            in: history.path, environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.culprits(of: "BenchmarkWork") == ["\(try history.id("8"))"])
        return outcome
    }

    /// All values of the history, as a table that holds them to the last digit.
    func table(_ history: GoHistory, _ words: [String]) async throws -> String {
        let outcome = try await Program.run(
            ["history", "main~12..main", "--format", "csv", "-m", "allocs/op"] + words, in: history.path)
        #expect(outcome.status == 0)
        return outcome.output
    }

    func warnings(_ outcome: Program.Outcome) throws -> [String] {
        try outcome.json()["warnings"] as? [String] ?? []
    }

    @Test("by a command, and find what this one finds")
    func byCommand() async throws {
        let history = try history()
        let executor = command(history)
        let elsewhere = try await expectCulprit(history, executor)
        #expect(elsewhere.errors.contains("by a command"))
        #expect(elsewhere.errors.contains(#/ left, .* \(\d jobs? under way, 1 machine/#))
        #expect(try warnings(elsewhere).filter { $0.contains("believed") || $0.contains("again") } == [])
        // What was measured is known without them, to the letter.
        let known = try await table(history, ["--executor", executor])
        #expect(known == (try await table(history, ["--cached"])))
        let other = try await table(history, ["--cache", history.folder.path + "/other"])
        #expect(known.inTenths == other.inTenths)
        // Where others have measured often enough for a culprit, this machine still confirms it.
        let cache = ["--cache", history.folder.path + "/twice"]
        let twice = try await table(history, ["--count", "2", "--executor", executor] + cache)
        #expect(known.inTenths == twice.inTenths)
        let alone = try await expectCulprit(history, nil, cache)
        #expect(alone.errors.contains(", to confirm ") && !alone.errors.contains("to halve the range"))
        let left = try FileManager.default.contentsOfDirectory(atPath: history.path + "/.git/allocbisect/fleet")
        #expect(left == [])
    }

    @Test("and none that has another Go, counts otherwise, loses its jobs or damages its records decides anything")
    func faults() async throws {
        guard GoCommands.all.count > 1 else { return }
        let history = try history()
        let other = try await Program.run(
            ["main~12..main", "--format", "json", "--cache", history.folder.path + "/1", "--executor"]
                + [command(history, "--go \(GoCommands.all[1])")], in: history.path)
        let tried = try await Program.run(
            ["doctor", "--executor", command(history, "--go \(GoCommands.all[1])")], in: history.path)
        #expect(tried.status == 2 && tried.output.contains(" it has go1."), "\(tried.output)")
        let culprits = try other.culprits(of: "BenchmarkWork")
        #expect(other.status == 4 && culprits == [])
        #expect(try warnings(other).contains { $0.contains("is not believed: it has go1.") })
        let lost = try await Program.run(
            [
                "main~12..main", "--cache", history.folder.path + "/2", "--executor",
                "exec:echo no such farm {job} >&2; exit 3",
            ],
            in: history.path)
        #expect(lost.status == 4 || lost.status == 2, "\(lost.output)\(lost.errors)")
        #expect((lost.output + lost.errors).contains("no such farm"))
        #expect(!lost.output.contains("first bad commit"))
        // Every other answer is cut off.
        let damaging = """
            exec:allocbisect worker --mirrors \(history.folder.path)/mirrors {job}; f={job}; f=${f%.json}.record; \
            case $f in *-1.record) head -c 600 "$f" > "$f".x; mv "$f".x "$f";; esac
            """
        let damaged = try await expectCulprit(history, damaging, ["--cache", history.folder.path + "/3"])
        #expect(try warnings(damaged).contains { $0.contains("was submitted again: ") })
        // The first tries meet a disk that takes no more, as far as a shell can make one.
        let full = try await expectCulprit(
            history,
            "exec:case {job} in *-1.json) ulimit -f 64;; esac; exec allocbisect worker --mirrors "
                + "\(history.folder.path)/mirrors-of-$(basename {job} .json) {job}",
            ["--cache", history.folder.path + "/5"])
        #expect(try warnings(full).contains { $0.contains("was submitted again: ") })
        // A worker that is killed in the middle of its first tries.
        let killed = try await expectCulprit(
            history,
            "exec:case {job} in *-1.json) allocbisect worker --mirrors \(history.folder.path)/m2 {job} & "
                + "until [ -e \(history.folder.path)/m2 ]; do :; done; kill -9 $!; "
                + "exit 9;; *) exec allocbisect worker --mirrors \(history.folder.path)/m2 {job};; esac",
            ["--cache", history.folder.path + "/4"])
        #expect(try warnings(killed).contains { $0.contains("ended with the status 9") })
        let processes = try await Program.shell("ls -l /proc/[0-9]*/cwd 2>/dev/null", in: "/").output
        #expect(!processes.contains(history.folder.path + "/m2"))
    }

    /// A library that sets the clock of a process.
    private static let clock = ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketime.so.1" }
        .first { FileManager.default.fileExists(atPath: $0) }

    @Test("whose clocks are an hour off", .enabled(if: clock != nil || Tool.isAsked("faketime")))
    func clocks() async throws {
        let history = try history()
        let clock = try #require(FleetTests.clock)
        for (number, offset) in ["+3600s", "-3600s"].enumerated() {
            let executor = command(history, before: "export LD_PRELOAD=\(clock) FAKETIME=\(offset);")
            let cache = ["--cache", "\(history.folder.path)/\(number)"]
            let outcome = try await expectCulprit(history, executor, cache)
            #expect(try warnings(outcome).filter { $0.contains("believed") || $0.contains("again") } == [])
            // What is known is not measured once more, whatever time it is from.
            let again = try await expectCulprit(history, executor, cache)
            #expect(!again.errors.contains("by a command"), "\(again.errors)")
        }
    }

    @Test("for one that is killed and started again, and for two at once")
    func coordinators() async throws {
        let history = try history()
        let executor = command(history)
        let words = ["history", "main~12..main", "--format", "csv", "-j", "2", "--executor", executor]
        let path = history.path
        let killed = try await Program.run(
            words, in: path, interruption: (SIGKILL, { _ in try await Program.measurements(in: path) >= 4 }))
        #expect(killed.status == 128 + SIGKILL)
        async let one = Program.run(words, in: path)
        async let two = Program.run(words, in: path)
        let (first, second) = try await (one, two)
        #expect(first.status == 0 && first.output == second.output)
        #expect(try await Program.measurements(in: path) == 13)
        let other = try await table(history, ["--cache", history.folder.path + "/other"])
        #expect(try await table(history, ["--cached"]).inTenths == other.inTenths)
    }

    @Test("only what is the same on all of them")
    func times() async throws {
        let history = try history()
        for words in [["main~1..main", "-m", "ns/op"], ["history", "main~1..main", "-m", "peak-B"]] {
            let outcome = try await Program.run(words + ["--executor", command(history)], in: history.path)
            #expect(outcome.status == 64 && outcome.errors.contains("depend on the machine"))
        }
        for words in [["record"], ["compare", "main~1", "main"], ["explain"]] {
            let outcome = try await Program.run(words + ["--executor", command(history)], in: history.path)
            #expect(outcome.status == 64 && outcome.errors.contains("Leave out --executor"))
        }
        #expect(try await Program.run(["main~1..main", "--executor", "farm"], in: history.path).status == 64)
    }

    @Test("by a command, with all that decides numbers, and their records can be handed on")
    func options() async throws {
        let history = try history()
        let (path, folder) = (history.path, history.folder.path)
        let setUp = try await Program.shell(
            "git config core.autocrlf true && git config filter.odd.smudge cat && echo '*.odd filter=odd' > .git/info/attributes",
            in: path)
        #expect(setUp.status == 0)
        try Data(
            "diff --git a/y.go b/y.go\nnew file mode 100644\n--- /dev/null\n+++ b/y.go\n@@ -0,0 +1 @@\n+package m\n"
                .utf8
        )
        .write(to: URL(filePath: folder + "/patch"))
        let words = [
            "history", "main~12..main", "--format", "csv", "-m", "allocs/op", "--cpu", "2", "--tags", "a,b",
            "--gcflags",
            "-N -l", "--short", "--tests-from", "main~1", "--before-build", "true  'a=b'", "--patch", folder + "/patch",
            "--env", "HOME", "--network", "--cache",
        ]
        let arguments = ["--args", "x  y", "-host"]
        let alone = try await Program.run(words + [folder + "/a"] + arguments, in: path)
        let others = try await Program.run(
            words + [folder + "/b", "--executor", command(history)] + arguments, in: path)
        #expect(others.output.inTenths == alone.output.inTenths, "\(alone)\(others)")
        #expect(alone.output.inTenths.contains(",3.0,2.0,"))
        #expect(!others.errors.contains("again") && !others.errors.contains("believed"), "\(others.errors)")
        let handedOn = try await Program.shell(
            "for c in a b; do allocbisect cache verify --cache \(folder)/$c; done; allocbisect cache export --cache \(folder)/b"
                + " | sed 's/^machine: .*/machine: other/' > \(folder)/x; allocbisect cache import \(folder)/x --cache \(folder)/c",
            in: path)
        #expect(handedOn.output.split(separator: ": sound").count == 3, "\(handedOn.output)\(handedOn.errors)")
        let trusted = try await Program.run(words + [folder + "/c", "--trust", "--cached"] + arguments, in: path)
        #expect(trusted.output == others.output, "\(trusted)")
    }
}

extension String {
    /// The text with its fractions in tenths: now and then the runtime allocates some objects of its own while a
    /// benchmark runs, so that what is measured twice differs by some thousandths.
    var inTenths: String {
        replacing(#/-?[0-9]+\.[0-9]+(e-?[0-9]+)?/#) { number in
            let tenths = Int(((Double(number.output.0) ?? .nan) * 10).rounded())
            return "\(tenths / 10).\(abs(tenths % 10))"
        }
    }
}
