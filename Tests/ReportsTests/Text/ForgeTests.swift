import Git
import Testing

@testable import Reports

@Suite("Links to a forge")
struct ForgeTests {
    private let commit = ObjectID("0123456789abcdef0123456789abcdef01234567")!

    @Test(
        "lead to a commit and to a line on every forge",
        arguments: [
            (
                "https://github.com/o/r.git", "https://github.com/o/r/commit/ID",
                "https://github.com/o/r/blob/ID/a/b.go#L7"
            ),
            (
                "https://gitlab.com/g/sub/r.git", "https://gitlab.com/g/sub/r/-/commit/ID",
                "https://gitlab.com/g/sub/r/-/blob/ID/a/b.go#L7"
            ),
            (
                "https://bitbucket.org/o/r", "https://bitbucket.org/o/r/commits/ID",
                "https://bitbucket.org/o/r/src/ID/a/b.go#lines-7"
            ),
            (
                "https://codeberg.org/o/r/", "https://codeberg.org/o/r/commit/ID",
                "https://codeberg.org/o/r/src/commit/ID/a/b.go#L7"
            ),
            (
                "https://git.sr.ht/~o/r", "https://git.sr.ht/~o/r/commit/ID",
                "https://git.sr.ht/~o/r/tree/ID/item/a/b.go#L7"
            ),
        ])
    func forges(remote: String, ofCommit: String, ofLine: String) throws {
        let forge = try #require(Forge(remote: remote))
        #expect(forge.url(of: commit) == ofCommit.replacing("ID", with: "\(commit)"))
        #expect(forge.url(ofLine: 7, in: "a/b.go", at: commit) == ofLine.replacing("ID", with: "\(commit)"))
    }

    @Test(
        "come from every way to write a remote, and never show who may read it",
        arguments: [
            ("git@github.com:o/r.git", "github.com/o/r"), ("github.com:o/r", "github.com/o/r"),
            ("git@github.com:/o/r.git", "github.com/o/r"), ("ssh://git@github.com/o/r.git", "github.com/o/r"),
            ("ssh://git@gitlab.example.org:2222/o/r.git", "gitlab.example.org/o/r"),
            ("ssh://git@ssh.github.com:443/o/r.git", "github.com/o/r"), ("git://github.com/o/r", "github.com/o/r"),
            ("http://github.com/o/r", "github.com/o/r"), ("HTTPS://GitHub.com/O/R", "github.com/O/R"),
            ("https://user:secret@gitea.example.org:3000/o/r.git", "gitea.example.org:3000/o/r"),
            ("https://secret@github.com/o/r", "github.com/o/r"),
            ("https://user:se@cr@et@forgejo.example.org/o/r", "forgejo.example.org/o/r"),
            ("https://gitlab.com/a%20b/r", "gitlab.com/a%20b/r"), ("git@git.sr.ht:~o/r", "git.sr.ht/~o/r"),
            ("https://github.com/o/r?token=secret#\"><script>", "github.com/o/r%3Ftoken%3Dsecret%23%22%3E%3Cscript%3E"),
        ])
    func remotes(remote: String, page: String) throws {
        #expect(try #require(Forge(remote: remote)).name == page)
    }

    @Test(
        "are not made up where no forge is known",
        arguments: [
            "", ":", "://", "https://", "/srv/git/o/r.git", "../r", "C:\\git\\r", "file:///github.com/o/r", "origin",
            "https://example.org/o/r", "https://github.com", "https://github.com/o", "https://github.com/../r",
            "https://notgithub.com/o/r", "https://o.github.io/o/r", "https://github.com:/o/r",
            "https://github.com:44x/o/r", "https://github.com:1:2/o/r", "http://gitea.example.org:3000/o/r",
            "https://github.com\"onclick=/o/r", "https://github.com\\@example.org/o/r", "ext::sh -c github.com:o/r",
            "javascript://github.com/o/r", "https://github.com/o/.git",
        ])
    func others(remote: String) { #expect(Forge(remote: remote) == nil) }

    @Test("hold any path")
    func paths() throws {
        let forge = try #require(Forge(remote: "git@github.com:o/r"))
        let url = forge.url(ofLine: 1, in: "a b/100%/#\"ä.go", at: commit)
        #expect(url.hasSuffix("/a%20b/100%25/%23%22%C3%A4.go#L1"))
    }
}
