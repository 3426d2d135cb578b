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
            try await repository.hook("install").output.contains("in place already; it calls the hook that was there"))
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
