import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("What a log of accesses says")
struct AccessLogTests {
    /// A log as test binaries write it: its records with their letters in front, `ROOT` standing for the tree.
    private func inputs(
        _ records: [String], of package: String = "p", more: Bool = false, links: [String: String] = [:]
    ) throws -> Set<String> {
        let module = try GoModule(["p/keep": "", "q/keep": "", "data/inner/keep": ""])
        for (path, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: module.root + "/" + path, withDestinationPath: target.replacing("ROOT", with: module.root))
        }
        let log = try AccessLog(at: module.folder.appending(path: "log").path)
        let text = records.map { $0.replacing("ROOT", with: module.root) + "\0" }.joined()
        try AccessLogTests.write(Array(text.utf8), more: more, to: log)
        return log.adding(to: Inputs(), of: package, in: module.root).paths
    }

    private static func write(_ records: [UInt8], more: Bool, to log: AccessLog) throws {
        var data = Data()
        for word in [UInt64(records.count), more ? 1 : 0] {
            withUnsafeBytes(of: word.littleEndian) { data.append(contentsOf: $0) }
        }
        let file = try FileHandle(forWritingTo: URL(filePath: log.path))
        try file.write(contentsOf: data + Data(records))
        try file.close()
    }

    @Test("Names count from where the process is") func folders() throws {
        #expect(
            try inputs(["cROOT/p", "oa b.txt", "o../x", "oROOT/top/./y", "o../data//z"]) == [
                "p/a b.txt", "x", "top/y", "data/z",
            ])
        #expect(try inputs(["cROOT/p", "oa", "cROOT/q", "oa", "cROOT", "oa"]) == ["p/a", "q/a", "a"])
        #expect(try inputs(["cROOT", "oa"], of: ".") == ["a"])
        #expect(try inputs(["cROOT/p", "o../../outside", "l/etc/hosts", "c/", "oetc"]) == [])
    }

    @Test("Any name is read, and one that is not text counts with its folder") func names() throws {
        let names = ["a\nb", " x ", "50%#?", "cafe\u{301}", "o", "ü"]
        #expect(try inputs(["cROOT/p"] + names.map { "o" + $0 }) == Set(names.map { "p/" + $0 }))
        let module = try GoModule([:])
        let log = try AccessLog(at: module.folder.appending(path: "log").path)
        try AccessLogTests.write(
            Array("odata/".utf8) + [0xFF, 0] + Array("odata/".utf8) + [0xFE, 0], more: false, to: log)
        #expect(log.adding(to: Inputs(), of: ".", in: module.root).paths == ["data"])
    }

    @Test("Whether the package's own folders are there is known; whether others are matters") func looks() throws {
        #expect(try inputs(["cROOT/p", "l.", "l..", "lROOT", "l../q", "l../none"]) == ["q", "none"])
        #expect(try inputs(["cROOT/p", "o.."]) == [""])
        #expect(try inputs(["cROOT/p", "o../q/../data/x"]) == ["q", "data/x"])
    }

    @Test("Links are followed as the kernel does") func followsLinks() throws {
        let links = ["link": "data/inner", "p/abs": "ROOT/q/x", "loop": "loop", "out": "../.."]
        #expect(try inputs(["cROOT", "olink/../y"], of: ".", links: links) == ["link", "data/inner", "data/y"])
        #expect(try inputs(["cROOT/p", "oabs"], links: links) == ["p/abs", "q/x"])
        #expect(try inputs(["cROOT", "oloop/x", "oout/y"], of: ".", links: links) == ["loop", "loop/x", "out"])
    }

    @Test("Names below open folders lie below some that was opened") func below() throws {
        #expect(
            try inputs(["cROOT/p", "o../data", "Oside/x"], links: ["data/side": "../q"]) == [
                "data", "data/side", "q/x",
            ])
        #expect(try inputs(["cROOT/p", "o../data", "O../x"]) == [""])
    }

    @Test("What names cannot tell makes everything an input") func giveUp() throws {
        #expect(try inputs(["cROOT/p", "oa", "l../.git/HEAD"]) == [""])
        #expect(try inputs(["cROOT/p", "o../.github"]) == [".github"])
        #expect(try inputs(["cROOT/p", "oa"], more: true) == [""])
        #expect(try inputs(["cROOT/p", "ra", "rb"]) == [""])
        #expect(try inputs(["cROOT/p", "r/tmp/a", "r/tmp/b"]) == [])
        #expect(try inputs(["cROOT/p", "o/proc/self/cwd/../x"]) == [""])
        #expect(try inputs(["cROOT/p"] + (0..<3000).map { "ofile\($0)" }) == [""])
        #expect(try inputs([]) == [""])
        let module = try GoModule([:])
        let torn = try AccessLog(at: module.folder.appending(path: "log").path)
        try AccessLogTests.write(Array("oa\0".utf8) + [0, 0, 0], more: false, to: torn)
        #expect(torn.adding(to: Inputs(), of: ".", in: module.root) == .everything)
    }
}
