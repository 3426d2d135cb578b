import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

struct AccessLogTests {
    private func paths(_ lines: [String], of package: String = "p") throws -> Set<String> {
        let module = try GoModule([:], around: ["log": (["# test log"] + lines).joined(separator: "\n") + "\n"])
        let log = module.folder.appending(path: "log").path
        let replaced = try String(contentsOfFile: log, encoding: .utf8).replacing("ROOT", with: module.root)
        try module.write(replaced, to: "log")
        return AccessLog.add(log, of: package, in: module.root, to: Inputs()).paths
    }

    @Test func readsPaths() throws {
        let mixed = ["open a b.txt", "stat ../x", "getenv HOME", "open ROOT/top/./y"]
        #expect(try paths(mixed) == ["p/a b.txt", "x", "top/y"])
        #expect(try paths(["open a", "chdir ROOT/q", "open a", "chdir ..", "open a"]) == ["p/a", "q/a", "a"])
        #expect(try paths(["open a"], of: ".") == ["a"])
        #expect(try paths(["open ../../outside", "stat /etc/hosts", "chdir /", "open etc"]) == [])
        #expect(try paths(["open .."]) == [""])
    }

    @Test func giveUpOnGitAndOnTooMuch() throws {
        #expect(try paths(["open a", "stat ../.git/HEAD"]) == [""])
        #expect(try paths(["open ../.github"]) == [".github"])
        #expect(try paths((0..<3000).map { "open file\($0)" }) == [""])
        #expect(AccessLog.add("/nowhere/log", of: ".", in: "/tmp", to: Inputs()) == .everything)
    }

    @Test func followsLinks() throws {
        let module = try GoModule(["real/deep/file": ""])
        let link = { (path: String, target: String) in
            try FileManager.default.createSymbolicLink(
                atPath: module.root + "/" + path, withDestinationPath: target)
        }
        try link("first", "real")
        try link("real/second", "./deep")
        try link("loop", "loop")
        try link("out", "../..")
        let follow = { (path: String) in Inputs.follow(path, in: module.root) }
        #expect(follow("real/deep/file") == ([], "real/deep/file"))
        #expect(follow("first/second/file") == (["first", "real/second"], "real/deep/file"))
        #expect(follow("out/x").end == nil && follow("out/x").links == ["out"])
        #expect(follow("loop").end == nil)
    }
}
