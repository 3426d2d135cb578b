import Foundation
import TestSupport
import Testing

@Suite("init")
struct InitTests {
    @Test(
        "What the remote leads to decides what is written, and nothing is written twice",
        arguments: [
            ("https://github.com/o/r.git", ".github/workflows/allocations-comment.yml"),
            ("git@gitlab.example.org:o/r.git", ".gitlab-ci.yml"), ("https://example.org/o/r.git", ".allocbisect.yml"),
        ])
    func remotes(remote: String, last: String) async throws {
        let history = try GoHistory()
        try history.commit("0")
        #expect(try await Program.shell("git remote add origin \(remote)", in: history.path).status == 0)
        let first = try await Program.run(["init"], in: history.path)
        #expect(
            first.status == 0 && "\n\(first.output)".contains("\n\(last): written\n"))
        #expect(first.output.contains("next: git add .allocbisect.yml"))
        let second = try await Program.run(["init", "-C", history.path], in: "/")
        #expect(second.status == 0 && second.output.contains("\(last): there already, left as it is\n"))
        #expect(!second.output.contains(": written\n") && !second.output.contains("next:"))
    }

    @Test("A forge of one's own is named", arguments: [("github", ".github/workflows/"), ("gitlab", ".gitlab/")])
    func named(forge: String, folder: String) async throws {
        let history = try GoHistory()
        try history.commit("0")
        #expect(try await Program.shell("git remote add origin https://example.org/o/r", in: history.path).status == 0)
        let policy = try await Program.run(["init"], in: history.path)
        #expect(policy.output.contains("allocbisect init --forge github, or --forge gitlab\n"), "\(policy.output)")
        let all = try await Program.run(["init", "--forge", forge], in: history.path)
        #expect(all.output.contains("\n\(folder)allocations.yml: written\n"), "\(all.output)")
    }

    @Test("The manual shows the jobs as they are written", arguments: ["github.com", "gitlab.com"])
    func manual(host: String) async throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/allocbisect/Manual.docc/Checking.md")
        let manual = try String(contentsOf: page, encoding: .utf8)
        let history = try GoHistory()
        try history.commit("0")
        #expect(try await Program.shell("git remote add origin https://\(host)/o/r", in: history.path).status == 0)
        #expect(try await Program.run(["init"], in: history.path).status == 0)
        let jobs = try await Program.shell("grep -l jobs: .github/workflows/*; ls .gitlab/*", in: history.path)
        let paths = jobs.output.split(separator: "\n")
        #expect(paths.count == (host == "github.com" ? 2 : 1))
        for path in paths {
            let text = try String(contentsOfFile: "\(history.path)/\(path)", encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0.hasPrefix("#") }
            #expect(manual.contains(lines.joined(separator: "\n")), "\(path)")
        }
    }

    @Test("A bare repository has no place for a policy")
    func bare() async throws {
        let history = try GoHistory()
        #expect(try await Program.shell("git init -q --bare bare.git", in: history.path).status == 0)
        let outcome = try await Program.run(["init"], in: history.path + "/bare.git")
        #expect(outcome.status == 2 && outcome.errors.contains("bare repository"))
    }
}
