import Benchmarks
import Testing

@Suite("Patterns that select benchmarks, as -bench takes them")
struct BenchPatternTests {
    private static let splitsAsGoDoesCases: [(String, String?, String?)] = [
        ("", "", ""), ("Mux", "Mux", ""), ("Mux/small", "Mux", "small"), ("Mux/a/b", "Mux", "a/b"),
        ("/small", "", "small"), ("Mux/", "Mux", ""),
        ("[/]x/y", "[/]x", "y"), ("(a/b)/c", "(a/b)", "c"), (#"a\/b/c"#, #"a\/b"#, "c"), ("A|B", "A|B", ""),
        ("(A|B)/c|", nil, nil),
        ("A/x|B", nil, nil), ("A|B/x", nil, nil), ("[|]/x", "[|]", "x"), (#"\|/x"#, #"\|"#, "x"), ("]/x", "]", "x"),
        ("[a(]/x", "[a(]", "x"),
        (")/x", ")/x", ""), (#"a\"#, #"a\"#, ""), ("[[]/x]/y", "[[]/x]", "y"), ("/\u{301}x", "", "\u{301}x"),
    ]

    @Test(arguments: splitsAsGoDoesCases)
    func splitsAsGoDoes(text: String, function: String?, rest: String?) throws {
        let pattern = try? BenchPattern(text)
        #expect(pattern?.function == function)
        #expect(pattern?.rest == rest)
    }

    @Test func mixedAlternativesAreExplained() {
        let error = #expect(throws: BenchPatternError.self) { try BenchPattern("A/x|B") }
        #expect(error?.description.contains("'A/x|B' mixes '|' and '/'") == true)
    }

    @Test func runsOneFunction() throws {
        #expect(try BenchPattern("A|B").pattern(running: "BenchmarkA") == "^BenchmarkA$")
        #expect(try BenchPattern("A/x/y").pattern(running: "BenchmarkAB") == "^BenchmarkAB$/x/y")
    }

    @Test func exactNamesAreQuoted() {
        #expect(BenchPattern.pattern(exactly: "BenchmarkA") == "^BenchmarkA$")
        #expect(BenchPattern.pattern(exactly: "BenchmarkA/b=1.5/(c|d)[e]") == #"^BenchmarkA$/^b=1\.5$/^\(c\|d\)\[e\]$"#)
        #expect(BenchPattern.pattern(exactly: "BenchmarkA/\u{301}.\u{301}") == "^BenchmarkA$/^\u{301}\\.\u{301}$")
    }
}
