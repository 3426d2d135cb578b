import Foundation
import Testing

@Suite("hook install and uninstall")
struct HookInstallTests {
    private static let hooks = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Hooks").standardized

    /// Everything about the files in the hooks' folder: names, kinds, modes and contents.
    private func listing(_ repository: HookedRepository, _ folder: String = ".git/hooks") async throws -> String {
        try await repository.shell("cd \(folder) && ls -l --time-style=+%s%N && cat $(ls)").output
    }

    @Test("The scripts that are installed are those in Hooks", arguments: ["post-merge", "post-rewrite"])
    func scripts(name: String) async throws {
        let repository = try await HookedRepository()
        let installed = try Data(contentsOf: URL(filePath: "\(repository.path)/.git/hooks/\(name)"))
        #expect(installed == (try Data(contentsOf: HookInstallTests.hooks.appending(path: name))))
        #expect(FileManager.default.isExecutableFile(atPath: "\(repository.path)/.git/hooks/\(name)"))
    }

    @Test("What was there before is called first, and comes back as it was")
    func previous() async throws {
        let repository = try await HookedRepository(installing: false)
        let script = "#!/bin/sh\necho \"previous $*: $(cat)\"\nexit 7\n"
        let hooks = repository.path + "/.git/hooks"
        try FileManager.default.createDirectory(atPath: hooks, withIntermediateDirectories: true)
        try Data(script.utf8).write(to: URL(filePath: hooks + "/real"))
        #expect(
            try await repository.shell(
                "cd .git/hooks && chmod 711 real && ln -s real post-rewrite && cp -p real post-merge"
            ).status == 0)
        let before = try await listing(repository)
        for _ in 0..<2 { #expect(try await repository.hook("install").status == 0) }
        #expect(
            try await repository.hook("install").output.contains("already in place; it calls the hook that was there"))
        repository.environment["PATH"] = "/usr/bin:/bin"
        let called = try await repository.shell("echo input | .git/hooks/post-rewrite rebase")
        #expect(called.status == 7)
        #expect(called.output == "previous rebase: input\n")
        repository.environment = Program.environment
        #expect(try await repository.hook("uninstall").status == 0)
        #expect(try await listing(repository) == before)
        #expect(try await repository.hook("uninstall").output.contains("left as it is"))
        #expect(try await listing(repository) == before)
    }

    @Test("Without hooks before, nothing stays behind")
    func clean() async throws {
        let repository = try await HookedRepository(installing: false)
        let before = try await listing(repository)
        let installed = try await repository.hook("install", "--format", "json").json()
        #expect(
            (installed["hooks"] as? [[String: Any]])?.map { $0["action"] as? String } == ["installed", "installed"])
        #expect(try await repository.hook("uninstall").status == 0)
        #expect(try await listing(repository) == before)
    }

    @Test("core.hooksPath is followed, from the work tree's root and per worktree")
    func hooksPath() async throws {
        let repository = try await HookedRepository(installing: false)
        try await repository.git("config core.hooksPath tools/hooks")
        try await repository.shell("mkdir -p sub/folder && cd sub/folder && allocbisect hook install").succeeds()
        #expect(FileManager.default.fileExists(atPath: repository.path + "/tools/hooks/post-merge"))
        try await repository.git("worktree add -q ../linked && git config extensions.worktreeConfig true")
        let linked = repository.folder.appending(path: "linked").path
        try await repository.git("config --worktree core.hooksPath \(linked)/own", in: linked)
        try await repository.shell("allocbisect hook install", in: linked).succeeds()
        #expect(FileManager.default.fileExists(atPath: linked + "/own/post-merge"))
        try await repository.git("config --unset core.hooksPath")
        #expect(try await repository.status()["folder"] as? String == repository.path + "/.git/hooks")
    }

    @Test(
        "What was there before is called by its own name, and finds what it found beside itself",
        arguments: [true, false])
    func ownName(isLink: Bool) async throws {
        let repository = try await HookedRepository(installing: false)
        try await repository.shell("mkdir -p .git/hooks tools").succeeds()
        let script = "#!/bin/sh\n. \"$(dirname \"$0\")/lib.sh\"\necho \"$greeting from ${0##*/} $*\"\n"
        try Data(script.utf8).write(to: URL(filePath: repository.path + "/tools/merged"))
        try await repository.shell(
            """
            chmod 755 tools/merged; echo 'greeting=hello' >.git/hooks/lib.sh
            \(isLink ? "ln -s ../../tools/merged" : "cp -p tools/merged") .git/hooks/post-merge
            """
        ).succeeds()
        let before = try await listing(repository)
        #expect(try await repository.hook("install").status == 0)
        repository.environment["PATH"] = "/usr/bin:/bin"
        let called = try await repository.shell("cd .git && CDPATH=.. ./hooks/post-merge 0")
        #expect(called.output == "hello from post-merge 0\n")
        // Another program may move ours aside as well, and call it by that name.
        let moved = try await repository.shell("mv .git/hooks/post-merge .git/hooks/x && .git/hooks/x 0")
        #expect(moved.output == "hello from post-merge 0\n")
        try await repository.shell("mv .git/hooks/x .git/hooks/post-merge").succeeds()
        repository.environment = Program.environment
        #expect(try await repository.hook("uninstall").status == 0)
        #expect(try await listing(repository) == before)
        #expect(try await repository.shell("ls .git | grep before").status == 1)
    }

    @Test("The printed line does in a hook of the user's what ours does")
    func line() async throws {
        let repository = try await HookedRepository(installing: false)
        let script = try await repository.hook("script")
        #expect(
            script.output
                == (try String(contentsOf: HookInstallTests.hooks.appending(path: "post-merge"), encoding: .utf8)))
        let line = #"allocbisect hook script 2>/dev/null | sh -s -- "$@""#
        try Data("#!/bin/sh\nset -e\n\(line)\n".utf8).write(to: URL(filePath: repository.path + "/called"))
        try await repository.shell("chmod 755 called && ./called amend && ! ls .git/allocbisect").succeeds()
        try await repository.shell("./called 0 && ./called rebase </dev/null").succeeds()
        try await repository.settled()
        let hooks = try await repository.shell("grep -o 'post-[a-z]*:' .git/allocbisect/hook.log | sort -u").output
        #expect(hooks == "post-merge:\npost-rewrite:\n")
        repository.environment["PATH"] = "/usr/bin:/bin"
        let without = try await repository.shell("./called 0")
        #expect(without.status == 0 && without.errors.isEmpty)
    }

    /// What programs that manage hooks leave behind, as shell commands, and what is reported then.
    static let managers: [(String, String)] = [
        ("mkdir -p .husky/_ && git config core.hooksPath .husky/_", ".husky/post-merge"),
        ("echo 'call_lefthook run \"pre-commit\" \"$@\"' >.git/hooks/pre-commit", "lefthook.yml"),
        (
            "echo '# File generated by pre-commit: https://pre-commit.com' >.git/hooks/pre-commit",
            "PRE_COMMIT_REWRITE_COMMAND"
        ),
        (
            "echo '# Entrypoint for Overcommit hook integration: overcommit' >.git/hooks/overcommit-hook",
            ".overcommit.yml"
        ),
        (
            """
            mkdir tracked && echo '#!/bin/sh' >tracked/post-merge && chmod 755 tracked/post-merge
            git add tracked && git commit -qm hooks && git config core.hooksPath tracked
            """, "is tracked by git"
        ),
        (
            """
            mkdir tracked && echo '#!/bin/sh' >tracked/post-merge && chmod 755 tracked/post-merge
            git add tracked && git commit -qm hooks && rm -rf .git/hooks && ln -s ../tracked .git/hooks
            """, "is tracked by git"
        ),
    ]

    @Test("A folder that somebody else looks after is left alone, unless told --force", arguments: managers)
    func managed(commands: String, told: String) async throws {
        let repository = try await HookedRepository(installing: false)
        try await repository.shell("mkdir -p .git/hooks\n" + commands).succeeds()
        let everything = "git status --porcelain; find . -path ./.git/index -prune -o -type f -print | sort | xargs cat"
        let before = try await repository.shell(everything).output
        let refused = try await repository.hook("install")
        #expect(refused.status == 2)
        #expect(refused.errors.contains(told) && refused.errors.contains("--force"), "\(refused.errors)")
        #expect(refused.errors.contains("allocbisect hook script"))
        #expect(try await repository.shell(everything).output == before)
        #expect(try await repository.hook("install", "--force").status == 0)
        #expect(try await repository.hook("install").output.contains("already in place"))
        #expect(try await repository.hook("uninstall").status == 0)
        #expect(try await repository.shell(everything).output == before)
    }

    @Test("Under --force, husky still finds the user's hook")
    func husky() async throws {
        let repository = try await HookedRepository(installing: false)
        let stub = "#!/usr/bin/env sh\n. \"${0%/*}/h\"\n"
        let runner =
            "name=$(basename \"$0\")\nscript=$(dirname \"$(dirname \"$0\")\")/$name\n[ ! -f \"$script\" ] || sh -e \"$script\" \"$@\"\n"
        try await repository.shell("mkdir -p .husky/_ && git config core.hooksPath .husky/_").succeeds()
        for (name, text) in [("_/post-merge", stub), ("_/h", runner), ("post-merge", "echo mine $1\n")] {
            try Data(text.utf8).write(to: URL(filePath: "\(repository.path)/.husky/\(name)"))
        }
        try await repository.shell("chmod 755 .husky/_/post-merge").succeeds()
        #expect(try await repository.hook("install", "--force").status == 0)
        repository.environment["PATH"] = "/usr/bin:/bin"
        #expect(try await repository.shell(".husky/_/post-merge 0").output == "mine 0\n")
    }

    @Test("A folder outside of the repository needs --force")
    func shared() async throws {
        let repository = try await HookedRepository(installing: false)
        try await repository.git("config core.hooksPath '\(repository.folder.path)/shared'")
        let refused = try await repository.hook("install")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("outside of this repository") && refused.errors.contains("--force"))
        #expect(!FileManager.default.fileExists(atPath: repository.folder.path + "/shared"))
        #expect(try await repository.hook("install", "--force").status == 0)
        #expect(FileManager.default.fileExists(atPath: repository.folder.path + "/shared/post-rewrite"))
    }

    @Test("A folder that cannot be written is refused in a sentence")
    func refused() async throws {
        let repository = try await HookedRepository(installing: false)
        try await repository.git("config core.hooksPath /dev/null/hooks")
        let refused = try await repository.hook("install", "--force")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("/dev/null/hooks could not be made: Not a directory"))
        #expect(try await repository.hook("status").status == 0)
        #expect(try await Program.run(["hook", "install"], in: "/").status == 2)
    }
}

extension Program.Outcome {
    /// Fails the test unless the status is 0.
    func succeeds() { #expect(status == 0, "\(errors)") }
}
