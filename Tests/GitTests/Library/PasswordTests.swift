import Git
import Testing

@Suite("URLs in what is printed")
struct PasswordTests {
    @Test(
        "show no password and no token",
        arguments: [
            ("https://ada:secret@example.com/x.git", "https://***@example.com/x.git"),
            ("https://token@example.com/x", "https://***@example.com/x"),
            ("ssh://git@example.com/x", "ssh://git@example.com/x"),
            ("ssh://git:secret@example.com:22/x", "ssh://***@example.com:22/x"),
            ("ftp://a:p@ss@h and http://b:c@i/d@e", "ftp://***@h and http://***@i/d@e"),
            ("“https://ada:secret@example.com” said no", "“https://***@example.com” said no"),
            (
                "git@example.com:x.git, /a/b@c, https://example.com/a@b",
                "git@example.com:x.git, /a/b@c, https://example.com/a@b"
            ),
            ("://", "://"),
        ])
    func hidden(text: String, shown: String) { #expect(text.withoutPasswords == shown) }
}
