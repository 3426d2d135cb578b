import Benchmarks
import Testing

@Suite("What a misspelt word was meant to be")
struct NearestTests {
    private static let words = ["find", "plan", "check", "explain", "history", "report"]

    @Test(
        "A letter dropped, added, changed or swapped is seen through; of other words nothing is made",
        arguments: [
            ("chekc", "check"), ("chck", "check"), ("histroy", "history"), ("reports", "report"),
            ("expplain", "explain"),
            ("plan", "plan"), ("pl", nil), ("main", nil), ("", nil), ("v1.2.0", nil),
        ] as [(String, String?)])
    func words(text: String, expected: String?) {
        #expect(text.nearest(among: NearestTests.words) == expected)
    }

    @Test("Of two that are as close, the first one")
    func ties() {
        #expect("ab".nearest(among: ["ac", "ad"]) == "ac")
        #expect("x".nearest(among: [String]()) == nil)
    }
}
