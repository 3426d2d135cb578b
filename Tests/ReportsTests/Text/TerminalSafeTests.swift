import Reports
import Testing

@Suite("What comes from a repository")
struct TerminalSafeTests {
    @Test(
        "has its control characters and direction marks written out",
        arguments: [
            ("plain – ü 漢", "plain – ü 漢"), ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"), ("a\nb\r\tc", "a\\u{a}b\\u{d}\\u{9}c"),
            ("\u{202e}evil", "\\u{202e}evil"), ("\u{2028}", "\\u{2028}"), ("\u{9b}31m", "\\u{9b}31m"), ("", ""),
        ])
    func visible(text: String, shown: String) {
        #expect(text.terminalSafe == shown)
    }
}
