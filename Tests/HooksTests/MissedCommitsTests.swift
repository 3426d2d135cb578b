import Foundation
import Git
import TestSupport
import Testing

@testable import Hooks

@Suite("What an entry of the hooks' queue stands for")
struct MissedCommitsTests {
    /// Commits `0`, `1`, … in a row, on top of which `side` and `merge` are made.
    private func history(_ count: Int) throws -> GoHistory {
        let history = try GoHistory()
        for number in 0..<count { try history.commit("\(number)", ["a.txt": "\(number)"]) }
        try history.commit("side", on: ["0"], ["b.txt": "side"])
        try history.commit("merge", on: ["\(count - 1)", "side"])
        return history
    }

    private func missed(
        _ history: GoHistory, at commit: String, before: String? = nil, recorded: [String] = [], failed: [String] = []
    ) throws -> (commits: [String], base: String?) {
        let before = try before.map { try history.id($0).description } ?? "ORIG_HEAD"
        let file = "\(try history.id(commit)).\(before).post-merge"
        let entry = try #require(QueueEntry(file: file, time: .now))
        let runs =
            try recorded.map { HookRun(try history.id($0), .recorded(benchmarks: 1)) }
            + failed.map { HookRun(try history.id($0), .failed(reason: "broken")) }
        let missed = try MissedCommits(entry, runs, in: Repository(discovering: history.path))
        return (missed.commits.map(history.name), missed.base.map(history.name))
    }

    @Test("Back to the last commit with values, along first parents")
    func sinceRecorded() throws {
        let history = try history(6)
        let found = try missed(history, at: "merge", before: "5", recorded: ["2", "0"])
        #expect(found.commits == ["merge", "5", "4", "3"])
        #expect(found.base == "2")
        #expect(try missed(history, at: "merge", recorded: ["merge", "3"]).commits.isEmpty)
    }

    @Test("What failed is not measured again, and nothing is compared with it")
    func sinceFailed() throws {
        let found = try missed(history(6), at: "merge", recorded: ["2"], failed: ["4"])
        #expect(found.commits == ["merge", "5"])
        #expect(found.base == "2")
    }

    @Test("The first time, what the merge brought")
    func firstTime() throws {
        let history = try history(6)
        let forward = try missed(history, at: "4", before: "1")
        #expect(forward.commits == ["4", "3", "2"] && forward.base == "1")
        let merge = try missed(history, at: "merge", before: "5")
        #expect(merge.commits == ["merge"] && merge.base == "5")
        // A fast-forward to a merge whose second parent the branch was at.
        let crossed = try missed(history, at: "merge", before: "side")
        #expect(crossed.commits == ["merge", "5", "4", "3", "2", "1"] && crossed.base == "0")
        let unknown = try missed(history, at: "4")
        #expect(unknown.commits == ["4"] && unknown.base == "3")
        let root = try missed(history, at: "0")
        #expect(root.commits == ["0"] && root.base == nil)
    }

    @Test("The newest twenty are measured; the comparison reaches further back")
    func many() throws {
        let found = try missed(history(30), at: "29", recorded: ["3"])
        #expect(found.commits == (10...29).reversed().map { "\($0)" })
        #expect(found.base == "3")
    }

    @Test("An entry's name says how often it was tried; other files are none")
    func names() throws {
        let id = String(repeating: "a", count: 40)
        let entry = try #require(QueueEntry(file: "\(id).none.post-rewrite", time: .now))
        #expect(entry.tries == 0 && entry.before == nil && entry.hook == "post-rewrite")
        let again = try #require(QueueEntry(file: entry.fileAfterTry, time: entry.time))
        #expect(again.tries == 1 && again.key == entry.key)
        #expect(again.fileAfterTry == "\(id).none.post-rewrite.2")
        for file in ["", ".", "alerts", "\(id).post-merge", "\(id)", "x.y.z"] {
            #expect(QueueEntry(file: file, time: .now) == nil)
        }
    }
}
