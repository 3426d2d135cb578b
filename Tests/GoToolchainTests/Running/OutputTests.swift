import Benchmarks
import Testing

@testable import GoToolchain

@Suite("Lines and excerpts of what processes print")
struct OutputTests {
    private func lines(_ chunks: [String]) -> [String] {
        var splitter = LineSplitter()
        var lines: [String] = []
        for chunk in chunks {
            Array(chunk.utf8).withUnsafeBytes { splitter.append($0) { lines.append($0) } }
        }
        splitter.finish { lines.append($0) }
        return lines
    }

    @Test func linesCrossChunks() {
        #expect(lines(["a\nb", "c", "\n\nd\r\n", "e"]) == ["a", "bc", "d\r", "e"])
        #expect(lines([]) == [])
        #expect(lines(["\n"]) == [])
    }

    @Test func hugeLinesKeepBothEnds() throws {
        let middle = Array(repeating: String(repeating: "x", count: 50_000), count: 20)
        let whole = try #require(lines(["start" + middle.joined() + "end\nnext"]).first)
        let pieces = lines(["start"] + middle + ["end\n", "next"])
        #expect(pieces == [whole, "next"])
        #expect(whole.hasPrefix("startxx") && whole.hasSuffix("xxend") && whole.utf8.count < 70_000)
    }

    @Test func excerptsKeepBothEnds() {
        var short = Excerpt(part: 4, gap: "…")
        short.append("abcdefgh".utf8)
        #expect(short.description == "abcdefgh")
        for _ in 0..<100 { short.append("12345678".utf8) }
        #expect(short.description == "abcd…5678")
    }

    @Test func invalidTextStaysReadable() {
        var splitter = LineSplitter()
        var found: [String] = []
        let bytes: [UInt8] = [0x61, 0xFF, 0x62, 0x0A]
        bytes.withUnsafeBytes { splitter.append($0) { found.append($0) } }
        #expect(found == ["a\u{FFFD}b"])
    }
}
