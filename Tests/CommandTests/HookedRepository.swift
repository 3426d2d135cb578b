import Foundation
import TestSupport
import Testing

/// A Go repository with our hooks that is worked on with real git, in a folder that goes away with the value.
final class HookedRepository {
    /// The folder that was made for it, with links resolved; the repository is `repo` in it.
    let folder: URL
    /// The repository's root.
    var path: String { folder.appending(path: "repo").path }
    var environment: [String: String]

    /// A repository with one commit, whose benchmark allocates once; `main` is checked out.
    init(installing: Bool = true) async throws {
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        folder = temporary.appending(path: "allocbisect-hook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        environment = Program.environment
        for role in ["AUTHOR", "COMMITTER"] {
            environment["GIT_\(role)_NAME"] = "A U Thor"
            environment["GIT_\(role)_EMAIL"] = "author@example.com"
        }
        _ = try await git("init -q -b main repo", in: folder.path)
        try await commit(
            "start",
            [
                "go.mod": "module example.com/m\n\ngo 1.19\n", "m.go": GoSource.work(allocations: 1),
                "m_test.go": GoSource.benchmark,
            ])
        if installing { #expect(try await hook("install").status == 0) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Runs git, which must succeed.
    @discardableResult
    func git(_ words: String, in directory: String? = nil) async throws -> Program.Outcome {
        let outcome = try await shell("git \(words)", in: directory)
        #expect(outcome.status == 0, "git \(words): \(outcome.errors)")
        return outcome
    }

    /// Runs a shell's command line, in the repository unless told otherwise.
    func shell(_ line: String, in directory: String? = nil) async throws -> Program.Outcome {
        try await Program.shell(line, in: directory ?? path, environment: environment)
    }

    /// Runs `allocbisect hook`.
    func hook(_ words: String...) async throws -> Program.Outcome {
        try await Program.run(["hook"] + words, in: path, environment: environment)
    }

    /// Writes files and commits them all.
    func commit(_ subject: String, _ files: [String: String], in directory: String? = nil) async throws {
        let directory = directory ?? path
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(directory)/\(name)")) }
        let quoted = "'" + subject.replacing("'", with: "'\\''") + "'"
        try await git("add -A && git commit -q -m \(quoted)", in: directory)
    }

    /// The commit that a revision names.
    func id(_ revision: String) async throws -> String {
        try await git("rev-parse \(revision)").output.trimmingCharacters(in: .newlines)
    }

    /// What `hook status` says.
    func status() async throws -> [String: Any] { try await hook("status", "--format", "json").json() }

    /// Waits until no recorder is at work, and gives the status then.
    @discardableResult
    func settled() async throws -> [String: Any] {
        for _ in 0..<600 {
            let status = try await status()
            let isRunning = (status["recorder"] as? [String: Any])?["isRunning"] as? Bool ?? false
            // A recorder that was just started holds no lock yet.
            if !isRunning, (status["queue"] as? [Any])?.isEmpty == true { return status }
            try await Task.sleep(for: .milliseconds(200))
        }
        Issue.record("the recorder did not end: \(try await shell("cat .git/allocbisect/hook.log").output)")
        return try await status()
    }

    /// The outcome of a revision, in `hook status`: the result's name.
    func result(of revision: String) async throws -> String? {
        let id = try await id(revision)
        let runs = try await status()["runs"] as? [[String: Any]] ?? []
        return runs.last { $0["commit"] as? String == id }?["result"] as? String
    }
}
