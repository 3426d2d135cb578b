import Foundation
import TestSupport
import Testing

@Suite("share", .tags(.go), .serialized)
struct ShareTests {
    private let history: GoHistory
    private var hub: String { history.folder.path + "/hub.git" }

    init() async throws {
        history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        for number in 1...5 { try history.commit("\(number)", ["n.txt": "\(number)"]) }
        _ = try await git("clone -q --bare repo hub.git", in: history.folder.path)
    }

    @discardableResult
    private func git(_ line: String, in directory: String) async throws -> String {
        let outcome = try await Program.shell("git \(line)", in: directory)
        #expect(outcome.status == 0, "git \(line): \(outcome.errors)")
        return outcome.output
    }

    @discardableResult
    private func run(_ words: [String], in directory: String) async throws -> String {
        let outcome = try await Program.run(words, in: directory)
        #expect(outcome.status == 0, "\(words): \(outcome.output)\(outcome.errors)")
        return outcome.output + outcome.errors
    }

    /// A clone with a measurement of each of some commits, which was made by hand and looks like its own.
    private func clone(_ name: String, value: Int) async throws -> String {
        let path = history.folder.path + "/" + name
        try await git("clone -q hub.git \(name)", in: history.folder.path)
        try await run(["record", "main~\(value % 5)"], in: path)
        return path
    }

    @Test("Clones that push at the same moment lose nothing")
    func concurrent() async throws {
        var clones: [String] = []
        for number in 0..<4 { clones.append(try await clone("clone\(number)", value: number)) }
        for round in 0..<5 {
            for (number, path) in clones.enumerated() {
                try await run(["record", "main~\(number)", "--count", "\(round + 1)"], in: path)
            }
            let outcomes = try await withThrowingTaskGroup(of: Program.Outcome.self) { group in
                for path in clones { group.addTask { try await Program.run(["share", "push"], in: path) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.allSatisfy { $0.status == 0 }, "\(outcomes.map(\.errors))")
        }
        // Four commits, each with one measurement of five rounds: further rounds extend what was there.
        let list = try await git("notes --ref allocbisect list", in: hub).split(separator: "\n")
        #expect(list.count == 4)
        for number in 0..<4 {
            let note = try await git("notes --ref allocbisect show main~\(number)", in: hub)
            #expect(note.contains("# measurement of 5 rounds"), "\(note)")
        }
        try await git("fsck --strict", in: hub)
        let refs = try await git("for-each-ref --format='%(refname)'", in: hub)
        #expect(refs == "refs/heads/main\nrefs/notes/allocbisect\n")
        #expect(try await run(["share", "pull"], in: clones[0]).contains("notes of 4 commits"))
        #expect(try await run(["share", "status"], in: clones[0]).contains("0 measurements to push, 0 to pull"))
        #expect(try await git("log --notes=allocbisect -1 main", in: clones[0]).contains("allocs/op"))
    }

    @Test("Refs, HEAD, index and files of the user's stay, and FETCH_HEAD is not written")
    func harmless() async throws {
        let path = try await clone("clone", value: 1)
        try Data("changed\n".utf8).write(to: URL(filePath: path + "/n.txt"))
        try Data("new\n".utf8).write(to: URL(filePath: path + "/new.txt"))
        try await git("add new.txt", in: path)
        let state = "for-each-ref; git rev-parse HEAD; git status --porcelain; git stash list; git ls-files -s"
        let before = try await git(state, in: path)
        try await run(["share", "status"], in: path)
        #expect(try await git(state, in: path) == before)
        try await run(["share", "push"], in: path)
        try await run(["share", "pull"], in: path)
        let after = try await git(state, in: path).split(separator: "\n").filter {
            !$0.contains("refs/notes/allocbisect")
        }
        #expect(after == before.split(separator: "\n"))
        #expect(!FileManager.default.fileExists(atPath: path + "/.git/FETCH_HEAD"))
    }

    @Test("What others wrote into the notes stays, and what is damaged is named")
    func damage() async throws {
        let path = try await clone("clone", value: 0)
        try await run(["share", "push"], in: path)
        let identity = "-c user.name=a -c user.email=a@example.com"
        try await git("\(identity) notes --ref allocbisect append -m 'slow machine' main", in: hub)
        try await git("\(identity) notes --ref allocbisect add -m '# measurement of 9 rounds' main~1", in: hub)
        let pulled = try await run(["share", "pull"], in: path)
        #expect(pulled.contains("\(try history.id("4"))") && pulled.contains("line 1: left out"), "\(pulled)")
        try await run(["record", "main", "--count", "2"], in: path)
        try await run(["share", "push"], in: path)
        let note = try await git("notes --ref allocbisect show main", in: hub)
        #expect(note.contains("slow machine") && note.contains("# measurement of 2 rounds"), "\(note)")
        #expect(try await git("notes --ref allocbisect show main~1", in: hub).contains("9 rounds"))
    }

    @Test("A remote that is not there is named")
    func absent() async throws {
        let path = try await clone("clone", value: 0)
        for remote in ["nowhere", "/nonexistent", "--upload-pack=x"] {
            let outcome = try await Program.run(["share", "push", "--", remote], in: path)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(remote), "\(outcome.errors)")
        }
        try await git("remote set-url origin /nonexistent", in: path)
        let outcome = try await Program.run(["share", "pull"], in: path)
        #expect(outcome.status == 2 && outcome.errors.contains("git fetch origin +refs/notes/allocbisect"))
    }
}
