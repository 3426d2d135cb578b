import Benchmarks
import Testing

@testable import Reports

@Suite("A history for people")
struct HistoryTextTests {
    private func lines(_ width: Int?) -> [String] {
        HistoryText.text(of: SampleHistory.make(), width: width, style: Given.plain)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("is one table with everything in it where lines may have any length")
    func wide() {
        let lines = lines(nil)
        #expect(lines[0] == "0123456789..0123456789: 6 commits, 2 series; measured 3")
        #expect(lines[2] == "[1]  example.com/m  BenchmarkA/x=\"1\"\\,|<i>  allocs/op")
        let header = lines.firstIndex { $0.hasPrefix("commit") } ?? 0
        #expect(lines[header].contains("[1]") && lines[header].hasSuffix("[2]"))
        #expect(lines[header + 3].hasSuffix("            3.5             +2.5 ▲      7"))
        #expect(lines[header + 4].contains("the benchmark panicked: <b>,\\u{a}\"x\""))
        #expect(lines[header + 5].hasSuffix("  1234567890123 +1234567890119.5 ▲      7"))
        #expect(lines[header + 6].hasSuffix("              0   -1234567890123 ▼      7"))
        #expect(!lines.joined().unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" || $0 == "\u{7}" })
        #expect(lines.contains("note: a `note` with <b>"))
    }

    @Test("fits every terminal that has room for its numbers, and never cuts one", arguments: 50...140)
    func narrow(width: Int) {
        let lines = lines(width)
        let header = lines.firstIndex { $0.hasPrefix("commit") } ?? 0
        let table = lines[header...].prefix(7)
        #expect(table.allSatisfy { $0.columns <= width }, "\(table.map(\.columns))")
        #expect(table.contains { $0.contains("1234567890123 +1234567890119.5 ▲") })
        #expect(table.contains { $0.contains("-1234567890123 ▼") })
        // What never changes gives way to what does, where there is no room for both.
        #expect(lines.contains("the same throughout: example.com/m BenchmarkB, 7 odd unit") == (width <= 90))
        #expect(lines.contains { $0.contains("the benchmark panicked: <b>,\\u{a}\"x\"") })
    }

    @Test(
        "counts the columns of wide characters",
        arguments: [("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("🚀", 2), ("🇩🇪", 2), ("", 0), ("ü→", 2)])
    func columns(text: String, width: Int) {
        #expect(text.columns == width)
        #expect(text.shortened(to: width) == text)
        #expect(text.shortened(to: max(0, width - 1)).columns <= max(0, width - 1))
    }
}
