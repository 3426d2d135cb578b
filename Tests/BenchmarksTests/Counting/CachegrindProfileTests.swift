import Benchmarks
import Testing

@Suite("What cachegrind counted") struct CachegrindProfileTests {
    /// As valgrind 3.19 writes it, cut down to a few functions.
    private static let text = """
        desc: Cache sim disabled
        cmd: ./m.test -test.bench ^BenchmarkLoop$
        events: Ir
        fl=/usr/lib/go-1.19/src/bufio/bufio.go
        fn=bufio.init
        23 12
        24 6
        fl=/home/ana/m/a b.go
        fn=example.com/m.(*Set[...]).Add
        4 30040020
        fi=/home/ana/m/inlined.go
        7 100
        fe=/home/ana/m/a b.go
        4 5
        fl=???
        fn=runtime.goexit1.abi0
        0 34
        summary: 30040177

        """

    @Test func isReadByLine() throws {
        let profile = try #require(CachegrindProfile(CachegrindProfileTests.text))
        #expect(profile.total == 30_040_177)
        let add = "example.com/m.(*Set[...]).Add"
        #expect(profile.lines[.init(function: add, file: "/home/ana/m/a b.go", line: 4)] == 30_040_025)
        #expect(profile.lines[.init(function: add, file: "/home/ana/m/inlined.go", line: 7)] == 100)
        #expect(profile.lines[.init(function: "runtime.goexit1.abi0", file: "???", line: 0)] == 34)
        #expect(profile.lines.count == 5)
    }

    /// valgrind 3.21 and newer count branches and caches behind the instructions where they are asked to.
    @Test func furtherEventsAreLeftOut() {
        let text = "events: Ir Dr Dw\nfl=a.go\nfn=f\n1 20 3 4\n2 5\nsummary: 25 3 4\n"
        #expect(CachegrindProfile(text)?.total == 25)
    }

    @Test func whatIsNotWholeIsNothing() {
        let text = CachegrindProfileTests.text
        #expect(CachegrindProfile("") == nil)
        // A file that ends early has no summary, or not all lines.
        for length in stride(from: 0, to: text.utf8.count - 12, by: 7) {
            #expect(CachegrindProfile(String(decoding: text.utf8.prefix(length), as: UTF8.self)) == nil)
        }
        #expect(CachegrindProfile(text.replacing("23 12", with: "23 13")) == nil)
        #expect(CachegrindProfile(text.replacing("23 12", with: "23")) == nil)
        #expect(CachegrindProfile(text.replacing("23 12", with: "23 -12")) == nil)
        #expect(CachegrindProfile(text.replacing("events: Ir", with: "events: Dr")) == nil)
        let huge = "events: Ir\nfn=f\n1 9223372036854775807\n2 9223372036854775807\nsummary: 1\n"
        #expect(CachegrindProfile(huge) == nil)
    }
}
