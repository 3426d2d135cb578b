import Git
import Testing

@Suite("Ranges as git spells them")
struct RevisionRangeTests {
    @Test(arguments: [
        ("a..b", "a", "b"), ("a..", "a", "HEAD"), ("..b", "HEAD", "b"), ("  v1.2.0 .. HEAD ", "v1.2.0", "HEAD"),
        ("v1.2.0..v1.3.0-rc.1", "v1.2.0", "v1.3.0-rc.1"), ("HEAD~3..", "HEAD~3", "HEAD"),
        ("HEAD^{/fix..}..", "HEAD^{/fix..}", "HEAD"), ("HEAD@{1.week.ago}..main", "HEAD@{1.week.ago}", "main"),
        ("main@{0}^2..topic/x{y}", "main@{0}^2", "topic/x{y}"), ("HEAD^{/a{1,2}..b}..c", "HEAD^{/a{1,2}..b}", "c"),
        ("v1.2", "v1.2", "HEAD"), ("HEAD^{/fix..}", "HEAD^{/fix..}", "HEAD"),
    ])
    func takesTwoDotsApart(text: String, good: String, bad: String) throws {
        let range = try RevisionRange(text)
        #expect(range.good == good)
        #expect(range.bad == bad)
        #expect(try RevisionRange(range.description) == range)
    }

    @Test(arguments: [
        ("", "empty"), ("   ", "empty"), ("HEAD", "GOOD..HEAD"), ("..", "neither end"),
        ("...", "neither end"), ("....", "neither end"), ("a...b", "a..b"), ("a...", "two dots"), ("...b", "two dots"),
        ("a....b", "write a..b"), ("a..b..c", "two ends"), ("--all..b", "dash"), ("a..-b", "dash"),
        ("--all", "dash"), ("@", "GOOD..HEAD"),
    ])
    func saysWhatToWriteInstead(text: String, sentence: String) {
        let error = #expect(throws: GitError.self) { try RevisionRange(text) }
        #expect(error?.code == .invalidRange)
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    }
}
