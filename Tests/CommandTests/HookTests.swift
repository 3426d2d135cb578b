import Foundation
import TestSupport
import Testing

@Suite("The hooks, with real git", .tags(.go), .serialized)
struct HookTests {
    private static let grown = ["m.go": GoSource.work(allocations: 3)]

    @Test("A merge is recorded, and its regression told once, on standard error, by the next command")
    func merge() async throws {
        let repository = try await HookedRepository()
        try await repository.git("checkout -q -b side")
        try await repository.commit("grow", HookTests.grown)
        try await repository.git("checkout -q main")
        try await repository.commit("note", ["README": "note\n"])
        try await repository.git("merge -q -m merged side")
        let mine =
            "git status --porcelain && git for-each-ref && git config --list --local && git stash list && cat .git/HEAD"
        let before = try await repository.shell(mine).output
        let status = try await repository.settled()
        #expect(try await repository.result(of: "main") == "recorded")
        let alert = try #require(status["lastAlert"] as? [String: Any])
        #expect(alert["commit"] as? String == (try await repository.id("side")))
        #expect(alert["merge"] as? String == (try await repository.id("main")))
        let merge = try await repository.id("main").prefix(10)
        #expect((alert["text"] as? String)?.contains("(grow), merged by \(merge), took") == true)
        #expect(alert["isTold"] as? Bool == false)
        let first = try await Program.run(["plan", "main~1..main", "--format", "json"], in: repository.path)
        #expect(try first.json()["command"] as? String == "plan")
        #expect(first.errors.hasPrefix("allocbisect: ") && first.errors.contains("from 1 to 3 allocs/op"))
        #expect(first.errors.split(separator: "\n").count == 1)
        #expect(try await Program.run(["plan", "main~1..main"], in: repository.path).errors.isEmpty)
        #expect(try await repository.shell(mine).output == before)
    }

    @Test("A fast-forward names the commit inside of it, and the next merge tells")
    func fastForward() async throws {
        let repository = try await HookedRepository()
        try await repository.git("checkout -q -b side")
        try await repository.commit("harmless", ["README": "1\n"])
        try await repository.commit("grow", HookTests.grown)
        try await repository.commit("after", ["m.go": GoSource.work(allocations: 3) + "// after\n"])
        try await repository.git("checkout -q main && git merge -q --ff-only side")
        let alert = try #require(try await repository.settled()["lastAlert"] as? [String: Any])
        #expect(alert["subject"] as? String == "grow" && alert["merge"] is NSNull)
        for revision in ["main", "main~1", "main~2"] {
            #expect(try await repository.result(of: revision) == "recorded", "\(revision)")
        }
        try await repository.git("checkout -q -b more")
        try await repository.commit("more", ["README": "2\n"])
        let next = try await repository.git("checkout -q main && git merge -q more")
        #expect(next.errors.hasPrefix("allocbisect: ") && next.errors.contains("(grow)"))
        try await repository.settled()
    }

    @Test("pull and pull --rebase")
    func pull() async throws {
        let origin = try await HookedRepository(installing: false)
        try await origin.git("clone -q repo clone", in: origin.folder.path)
        let clone = origin.folder.appending(path: "clone").path
        let repository = try await HookedRepository(installing: false)
        try await repository.git("remote add origin \(clone) && git fetch -q && git reset -q --hard origin/main")
        #expect(try await repository.hook("install").status == 0)
        try await origin.commit("upstream", ["README": "upstream\n"], in: clone)
        try await repository.git("pull -q origin main")
        try await repository.settled()
        #expect(try await repository.result(of: "main") == "recorded")
        try await origin.commit("grow", HookTests.grown, in: clone)
        try await repository.commit("local", ["local.txt": "local\n"])
        try await repository.git("pull -q --rebase origin main")
        let status = try await repository.settled()
        #expect(
            try await repository.id("main~1")
                == (try await origin.git("rev-parse main", in: clone)).output.trimmingCharacters(in: .newlines))
        #expect(try await repository.result(of: "main") == "recorded")
        #expect((status["lastAlert"] as? [String: Any])?["subject"] as? String == "grow")
        let hooks = try await repository.shell("grep -o 'post-[a-z]*:' .git/allocbisect/hook.log").output
        #expect(hooks == "post-merge:\npost-rewrite:\n")
        // An amended commit is not one that anything arrived at.
        try await repository.git("commit -q --amend -m other")
        #expect(((try await repository.status())["queue"] as? [Any])?.isEmpty == true)
        #expect(try await repository.result(of: "main") == nil)
    }

    @Test("A merge in a linked worktree is recorded in the common directory")
    func linkedWorktree() async throws {
        let repository = try await HookedRepository()
        try await repository.git("branch side && git worktree add -q ../linked side")
        let linked = repository.folder.appending(path: "linked").path
        try await repository.commit("grow", HookTests.grown)
        try await repository.git("merge -q main", in: linked)
        let status = try await repository.settled()
        #expect(try await repository.result(of: "side") == "recorded")
        #expect(status["lastAlert"] is [String: Any])
        let told = try await Program.run(["plan", "side~1..side"], in: linked)
        #expect(told.errors.contains("(grow)"))
        #expect(try await repository.git("status --porcelain", in: linked).output.isEmpty)
    }

    @Test("Two merges in a row are both recorded, one after the other")
    func twoMerges() async throws {
        let repository = try await HookedRepository()
        for name in ["first", "second"] {
            try await repository.git("checkout -q -b \(name) main")
            try await repository.commit(name, ["\(name).txt": name])
            try await repository.git("checkout -q main && git merge -q --no-ff -m merge-\(name) \(name)")
        }
        try await repository.settled()
        #expect(try await repository.result(of: "main") == "recorded")
        #expect(try await repository.result(of: "main~1") == "recorded")
    }

    @Test("What does not build is off the queue, and the next commit is compared with the last one that did")
    func broken() async throws {
        let repository = try await HookedRepository()
        try await repository.git("checkout -q -b side")
        try await repository.commit("note", ["README": "note\n"])
        try await repository.git("checkout -q main && git merge -q side")
        try await repository.settled()
        try await repository.commit("broken", ["m.go": "package m\n\nfunc broken( {\n"], in: repository.path)
        try await repository.git("checkout -q -B side && git reset -q --hard HEAD && git branch -f main HEAD~1")
        #expect(try await repository.git("checkout -q main && git merge -q side").status == 0)
        try await repository.settled()
        #expect(try await repository.result(of: "main") == "failed")
        try await repository.git("checkout -q side")
        try await repository.commit("mended", HookTests.grown)
        try await repository.git("checkout -q main && git merge -q side")
        let alert = try #require(try await repository.settled()["lastAlert"] as? [String: Any])
        #expect(alert["candidates"] as? Int == 2)
        #expect((alert["text"] as? String)?.contains("one of the 2 commits up to") == true)
    }

    @Test("Without allocbisect on PATH, the hook is silent and leaves nothing behind")
    func absent() async throws {
        let repository = try await HookedRepository()
        try await repository.git("checkout -q -b side")
        try await repository.commit("note", ["README": "note\n"])
        repository.environment["PATH"] = "/usr/bin:/bin"
        let outcome = try await repository.git("checkout -q main && git merge -q side")
        #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
        #expect(try await repository.shell("ls .git/allocbisect").status != 0)
    }

    @Test("The hook returns while the recorder works, and a rebase's merges and allocbisect's own are left alone")
    func returns() async throws {
        let repository = try await HookedRepository()
        // A program that works until it is told to stop plays the recorder.
        let stub = repository.folder.appending(path: "bin")
        try FileManager.default.createDirectory(at: stub, withIntermediateDirectories: true)
        let file = stub.appending(path: "allocbisect")
        try Data("#!/bin/sh\nuntil [ -e ../stop ]; do sleep 0.1; done\nenv | grep -c '^GIT_DIR=' >>../finished\n".utf8)
            .write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        repository.environment["PATH"] = "\(stub.path):/usr/bin:/bin"
        let queue = "ls .git/allocbisect/queue"
        for line in [
            "ALLOCBISECT_RUN=1 .git/hooks/post-merge 0", ".git/hooks/post-rewrite amend",
            "mkdir .git/rebase-merge && .git/hooks/post-merge 0; rmdir .git/rebase-merge",
        ] {
            #expect(try await repository.shell(line).status == 0)
            #expect(try await repository.shell(queue).output.isEmpty, "\(line)")
        }
        let start = ContinuousClock.now
        #expect(try await repository.shell("GIT_DIR=.git .git/hooks/post-merge 0").status == 0)
        let time = ContinuousClock.now - start
        print("the hook takes \(time), with the shell that calls it")
        #expect(try await repository.shell("cat finished").status != 0)
        let entry = try await repository.id("main") + ".ORIG_HEAD.post-merge\n"
        #expect(try await repository.shell(queue).output == entry)
        // With the lowest priority, it may take a while on a busy machine.
        let ended = "touch stop; for n in $(seq 60); do [ -s finished ] && break; sleep 1; done; cat finished"
        #expect(try await repository.shell(ended).output == "0\n")
    }
}
