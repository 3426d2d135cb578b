import Foundation
import TestSupport
import Testing

@Suite("The recorder that the hooks start", .tags(.go), .serialized)
struct HookRecorderTests {
    /// A repository in which a commit waits in the queue, and no recorder was started.
    private func waiting(subject: String = "grow", policy: String? = nil) async throws -> HookedRepository {
        let repository = try await HookedRepository()
        try await repository.git("branch before")
        var files = ["m.go": GoSource.work(allocations: 3)]
        files[".allocbisect.yml"] = policy
        try await repository.commit(subject, files)
        try await enqueue(repository)
        return repository
    }

    /// Puts `main` into the queue, as merged on top of `before`.
    private func enqueue(_ repository: HookedRepository) async throws {
        let (new, old) = (try await repository.id("main"), try await repository.id("before"))
        let line = "mkdir -p .git/allocbisect/queue && touch .git/allocbisect/queue/\(new).\(old).post-merge"
        #expect(try await repository.shell(line).status == 0)
    }

    private func tries(_ repository: HookedRepository) async throws -> [Int] {
        let queue = try await repository.status()["queue"] as? [[String: Any]] ?? []
        return queue.compactMap { $0["tries"] as? Int }
    }

    @Test("Killed, it leaves the entry to the next one")
    func killed() async throws {
        let repository = try await waiting()
        // Slow enough to be killed in the middle of it.
        let slow = "package m\n\nimport \"time\"\n\nfunc Work() { time.Sleep(50 * time.Millisecond) }\n"
        try await repository.commit("slow", ["m.go": slow])
        let line = "cd .git/allocbisect/queue && mv * $(git rev-parse main).$(git rev-parse main~1).post-merge"
        #expect(try await repository.shell(line).status == 0)
        let path = repository.path
        let killed = try await Program.run(
            ["hook", "run"], in: path,
            interruption: (
                SIGKILL,
                { _ in
                    let unended = try? String(contentsOfFile: path + "/.git/allocbisect/hook.unended", encoding: .utf8)
                    return unended?.contains(" measuring\n") == true
                }
            ))
        #expect(killed.status == 128 + SIGKILL)
        #expect(try await tries(repository) == [0])
        let recorder = try await repository.status()["recorder"] as? [String: Any]
        #expect(recorder?["isRunning"] as? Bool == false)
        #expect(try await repository.hook("run").status == 0)
        #expect(try await tries(repository).isEmpty)
        #expect(try await repository.result(of: "main") == "recorded")
    }

    @Test("What kills it three times is set aside and told, and does not keep it from the others")
    func deadly() async throws {
        let repository = try await waiting()
        let slow = "package m\n\nimport \"time\"\n\nfunc Work() { time.Sleep(50 * time.Millisecond) }\n"
        try await repository.commit("deadly", ["m.go": slow])
        let deadly = try await repository.id("main")
        let line = "cd .git/allocbisect/queue && rm * && touch $(git rev-parse main).$(git rev-parse main~1).post-merge"
        #expect(try await repository.shell(line).status == 0)
        for count in 1...3 {
            let killed = try await repository.shell(
                """
                allocbisect hook run & recorder=$!
                tries=0
                until [ "$(grep -c ' measuring$' .git/allocbisect/hook.unended)" = \(count) ] || [ $tries = 600 ]; do
                    sleep 0.05; tries=$((tries + 1))
                done 2>/dev/null
                kill -KILL $recorder; wait $recorder
                """)
            #expect(killed.status == 128 + SIGKILL)
        }
        try await repository.git("branch -f before main")
        try await repository.commit("next", ["m.go": GoSource.work(allocations: 1)])
        try await enqueue(repository)
        #expect(try await repository.hook("run").status == 0)
        #expect(try await tries(repository).isEmpty)
        #expect(try await repository.result(of: deadly) == "set-aside")
        #expect(try await repository.result(of: "main") == "recorded")
        let told = try await repository.shell("allocbisect hook status").output
        #expect(told.contains("set aside: the recorder was killed 3 times while measuring it; to see why, run: "))
    }

    @Test("Of two at once, one works")
    func together() async throws {
        let repository = try await waiting()
        let (path, environment) = (repository.path, repository.environment)
        async let first = Program.run(["hook", "run"], in: path, environment: environment)
        async let second = Program.run(["hook", "run"], in: path, environment: environment)
        #expect(try await [first.status, second.status] == [0, 0])
        #expect(try await repository.result(of: "main") == "recorded")
        let log = try await repository.shell("grep -c 'is done' .git/allocbisect/hook.log").output
        #expect(log == "1\n")
    }

    @Test("On a full disk the entry stays, for five tries")
    func fullDisk() async throws {
        let repository = try await waiting()
        // No file can grow, as on a full disk.
        let full = "trap '' XFSZ; ulimit -f 0; allocbisect hook run"
        #expect(try await repository.shell(full).status == 0)
        #expect(try await tries(repository) == [1])
        #expect(try await repository.hook("run").status == 0)
        #expect(try await repository.result(of: "main") == "recorded")

        let other = try await waiting()
        for _ in 0..<5 { #expect(try await other.shell(full).status == 0) }
        #expect(try await tries(other).isEmpty)
    }

    @Test("On a full disk, git goes on as if nothing had been")
    func mergeOnFullDisk() async throws {
        let repository = try await HookedRepository()
        try await repository.git("checkout -q -b side")
        try await repository.commit("note", ["README": "note\n"])
        try await repository.git("checkout -q main")
        try Data().write(to: URL(filePath: repository.path + "/.git/allocbisect"))
        let outcome = try await repository.git("merge -q side")
        #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
    }

    @Test("Nothing from the repository reaches a shell or the terminal by way of an alert")
    func hostile() async throws {
        let subject = "$(touch ../owned) `touch ../owned` '; touch ../owned; \u{1b}[31m \"&& touch ../owned"
        let repository = try await waiting(subject: subject)
        try await repository.git("config allocbisect.notify 'printf \"%s\\n\" >>../told.txt'")
        #expect(try await repository.hook("run").status == 0)
        let told = try await repository.shell("cat ../told.txt").output
        #expect(told.hasPrefix("allocbisect: ") && told.contains("$(touch ../owned)") && !told.contains("\u{1b}"))
        #expect(told.split(separator: "\n").count == 1)
        #expect(try await repository.shell("ls ../owned owned").status != 0)
        let next = try await Program.run(["plan", "main~1..main"], in: repository.path)
        #expect(next.errors == told)
    }

    private static let policies = [
        ("thresholds: [{threshold: +1}]", true), ("thresholds: [{threshold: +5}]", false),
        ("metrics: [goroutines/op]", false), ("benchmarks: NoSuch", false), ("severity: fail\nthreshold: [+5]", true),
        ("ignore: [{benchmark: Work, reason: known, until: 9999-12-31}]", false),
        ("ignore: [{benchmark: Work, reason: known, until: 1999-12-31}]", true),
    ]

    @Test("What it tells is up to the policy that was committed, if that can be read", arguments: policies)
    func policy(text: String, isTold: Bool) async throws {
        let repository = try await waiting(policy: text)
        // Not committed, and so nothing to go by.
        try Data("thresholds: [{threshold: '>0'}]".utf8)
            .write(to: URL(filePath: repository.path + "/.allocbisect.yml"))
        #expect(try await repository.hook("run").status == 0)
        #expect(try await repository.result(of: "main") == "recorded")
        #expect((try await repository.status()["lastAlert"] is [String: Any]) == isTold)
        let log = try await repository.shell("cat .git/allocbisect/hook.log").output
        #expect(log.contains(":.allocbisect.yml:2:1: Unknown key 'threshold'") == text.contains("threshold: [+5]"))
    }

    @Test("A moving threshold goes by what was recorded before")
    func moving() async throws {
        let repository = try await HookedRepository()
        let policy = "metrics: [allocs/op]\nthresholds: [{threshold: x2 of the last 3}]"
        for (number, allocations) in [10, 12, 11, 15, 30].enumerated() {
            let source = GoSource.work(allocations: allocations) + "// \(number)\n"
            try await repository.commit("\(allocations)", ["m.go": source, ".allocbisect.yml": policy])
            try await repository.git("branch -f before main~1")
            try await enqueue(repository)
            #expect(try await repository.hook("run").status == 0)
            let alert = try await repository.status()["lastAlert"] as? [String: Any]
            #expect(alert?["subject"] as? String == (allocations == 30 ? "30" : nil))
        }
        // Before 10 there are 1; before 12 there are 1 and 10.
        let few = "grep -c 'Work allocs/op is not compared: .x2 of the last 3. needs 3' .git/allocbisect/hook.log"
        #expect(try await repository.shell(few).output == "2\n")
    }

    @Test("A command of the user's that fails is noted, and nothing more")
    func failingNotification() async throws {
        let repository = try await waiting()
        try await repository.git("config allocbisect.notify 'no-such-command'")
        #expect(try await repository.hook("run").status == 0)
        #expect(try await repository.result(of: "main") == "recorded")
        #expect(
            try await repository.shell("grep 'allocbisect.notify: the command ended' .git/allocbisect/hook.log").status
                == 0)
    }
}
