import Foundation
import Git
import Testing

@Suite("Revisions in all spellings that git knows and some that it doesn't, against `git rev-parse`")
struct RevisionTests {
    private static let names = """
        HEAD @ @~1 @~ @^ @^^ @~2 @^0 @~0 @^1 @^2 @^3 HEAD~99 HEAD^2 HEAD~1^2 HEAD~1^2~1 HEAD~1^1 HEAD^{} HEAD^{commit}
        HEAD^{tree} HEAD^{object} HEAD^{tag} HEAD^{blob} HEAD^{x} HEAD^{ HEAD^} HEAD{} HEAD^{/fix} HEAD^{/nosuch} HEAD^{/}
        HEAD^{/^side} HEAD^{/bar[12]} HEAD^{/!-fix} HEAD^{/!!bang} HEAD^{/!x} HEAD~1^{/side} HEAD^{/fix..bar} HEAD^{/(}
        :/fix :/nosuch :/^c1 :/body :/!-last :/!!bang :/ : :f :0:f :nosuch HEAD:f HEAD:d HEAD:d/g HEAD:nosuch HEAD: no:f
        v1 v2 v2t v2^{} v2t^{} v2^{commit} v2t^{commit} v2^{tag} v2t^{tag} v2~1 v2^ v2^0 v2t~2 v2^{tree} v2^{/add}
        tags/v1 tags/v2 refs/tags/v2 heads/v1 refs/heads/v1 refs/main tree blob tree^{tree} blob^{blob} tree^{commit}
        main main~1 main^ heads/main refs/heads/main tags/heads/main side side~1 sym sym~1 topic/x heads/topic/x x topic
        hot@ hot@~1 hot@^ hot@{0} hot@{1} hot@@{0} a@b a@b~1 @x @x~1 nosuch@ main@ HEAD@ v1@ nosuch nosuch~1 nosuch^{}
        origin origin/main origin/HEAD origin/HEAD~1 remotes/origin/main refs/remotes/origin/main remotes/origin
        refs/remotes/origin origin~1 notes/n refs/notes/n custom refs/custom deadbee deadbee~1 u{x} u{x}~1
        @{u} @{U} @{upstream} @{UPSTREAM} main@{u} main@{upstream} tr@{u} tr@{upstream}~1 loc@{u} loc@{u}^ side@{u}
        nosuch@{u} @{u}~1 @{u}^ HEAD@{u} @@{u} origin/main@{u} heads/main@{u} @{push} main@{push} tr@{push} side@{push}
        @{0} @{1} @{2} @{3} @{9} @{10} @{11} @{12} @{99} @{1}~1 @{1}^ HEAD@{0} HEAD@{1} HEAD@{2} HEAD@{5} HEAD@{20}
        HEAD@{99} main@{0} main@{1} main@{5} main@{99} side@{0} side@{1} side@{2} side@{3} tr@{1} refs/heads/main@{1}
        heads/main@{1} v1@{0} v1@{1} nosuch@{0} origin/main@{0} tags/v1@{0} @@{0} @@{1} @{-1} @{-2} @{-3} @{-4} @{-5}
        @{-6} @{-9} @{-0} @{-1}~1 @{-1}^ @{-1}@{0} @{-1}@{u} @{-3}@{u} @{-x} @{-1 @{} @{ @{x} main@{} main@{x main@{-1}
        sym@{0} @{now} @{yesterday} main@{2.days.ago} main@{2023-11-15} main@{2023-11-15.10:00:00} main@{1700050000}
        HEAD@{2023-11-16} main@{2001-01-01} side@{2023-11-16} HEAD@{1.month.ago}
        v2-3-gNEW7 x-0-gNEW7 NEW7 NEW4 NEW8 NEW39 NEW40 g-gNEW7 -gNEW7 v2-3-gNEW3 v2-3-gXYZ OLD7 OLD7~1 OLD7^{commit}
        OLD7^{} OLD40 v2-1-gOLD7 OLD7@{0} FFFF 0000 abc ab z 1111111111111111111111111111111111111111
        ~1 ^1 ^ ~ HEAD^1~1^0~0 HEAD~1~1~1 HEAD^^^ HEAD^^2 HEAD~1^2^ HEAD~01 HEAD^02 HEAD~2147483647 HEAD~99999999999
        HEAD^99999999999 HEAD~-1 HEAD~x HEAD^x main~ main~~ main^~ .main main. main.lock /main main/ //main main//x ma*n
        ma?n [main] ma\\in
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    private static let spaced = [
        "HEAD^{/add files}", "HEAD@{2 days ago}", "main@{2023-11-15 03:00:00}", ":/fix..bar", "HEAD^{/side fix}~1",
        " HEAD",
        "HEAD ", "main\tx",
    ]

    /// A clone with tags, branches with odd names, merges, reflogs and upstreams.
    private func repository() throws -> Fixture {
        let upstream = try Fixture()
        for number in 0..<3 { try upstream.commit([:], "up \(number)") }
        let path = upstream.directory.path + "/clone"
        try upstream.git("clone", "-q", upstream.path, path)
        let clone = Fixture(upstream.directory, path: path)
        var hours = 0
        func git(_ arguments: String...) throws {
            hours += 1
            let date = "\(1_700_000_000 + 3_600 * hours) +0000"
            try GitCommand.run(
                arguments, in: path, environment: ["GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date])
        }
        func commit(_ message: String) throws { try git("commit", "-q", "--allow-empty", "-m", message) }
        try TemporaryDirectory.write("x", to: path + "/f")
        try TemporaryDirectory.write("y", to: path + "/d/g")
        try git("add", "-A")
        try commit("add files fix: one\n\nbody text")
        try git("tag", "v1")
        try git("tag", "-a", "v2", "-m", "annotated")
        try git("tag", "-a", "v2t", "-m", "tag of a tag", "v2")
        for number in 0..<4 { try commit("c\(number) fix..bar\(number)") }
        for name in ["hot@", "topic/x", "a@b", "@x"] { try git("branch", name) }
        try git("checkout", "-q", "-b", "side")
        for message in ["side fix", "!bang"] { try commit(message) }
        try git("checkout", "-q", "main")
        try git("merge", "-q", "--no-ff", "-m", "merge", "side")
        try commit("after")
        try git("branch", "--track", "tr", "origin/main")
        try git("branch", "--track", "loc", "main")
        try git("tag", "tree", "HEAD^{tree}")
        try git("tag", "blob", "HEAD:f")
        try git("checkout", "-q", "tr")
        try commit("tr 1")
        for place in ["main", "HEAD~2", "main"] { try git("checkout", "-q", place) }
        try commit("last")
        try git("branch", "-m", "main", "renamed")
        try git("branch", "-m", "renamed", "main")
        try git("update-ref", "refs/notes/n", "HEAD~1")
        try git("tag", "heads/main", "HEAD~3")
        for (name, place) in [("v1", "HEAD~1"), ("deadbee", "HEAD~2"), ("u{x}", "HEAD~1")] {
            try git("branch", name, place)
        }
        try git("update-ref", "refs/custom", "HEAD~2")
        try git("config", "push.default", "current")
        try git("symbolic-ref", "refs/heads/sym", "refs/heads/side")
        return clone
    }

    @Test func meansWhatGitMeans() throws {
        let fixture = try repository()
        let repository = try fixture.open()
        let (new, old) = try (fixture.id("HEAD").description, fixture.id("HEAD~4").description)
        var count = 0
        for name in Self.names + Self.spaced {
            var text = name
            for (mark, id) in [("NEW", new), ("OLD", old)] {
                guard let range = text.range(of: mark + #"\d+"#, options: .regularExpression) else { continue }
                text.replaceSubrange(range, with: id.prefix(try #require(Int(text[range].dropFirst(mark.count)))))
            }
            // Behind `:/`, everything is text to look for.
            let question = text.hasPrefix(":/") ? text : text + "^{commit}"
            let answer = try? GitCommand.line("rev-parse", "--verify", "-q", question, in: fixture.path)
            let found = try? repository.resolve(text)
            #expect(found?.description ?? "" == answer ?? "", "\(text)")
            count += 1
        }
        #expect(count > 250)
    }

    /// HEAD has a log of its own, which knows of every branch that was checked out, at whatever time of day this runs.
    @Test(arguments: ["HEAD", "main", "side"]) func knowsWhatARefNamedAtAnyTime(reference: String) throws {
        let fixture = try repository()
        let repository = try fixture.open()
        let log = try GitCommand.lines(["reflog", "--date=unix", "--format=%gd", "HEAD"], in: fixture.path)
        let dates: [Int] = log.compactMap { line in
            line.split { "{}".contains($0) }.dropFirst().first.flatMap { Int($0) }
        }
        let (first, last) = (try #require(dates.min()), try #require(dates.max()))
        #expect(last - first > 10)
        for time in stride(from: first - 1, through: last + 1, by: max(1, (last - first) / 60)) {
            let name = "\(reference)@{\(time)}"
            let answer = try? GitCommand.line("rev-parse", "--verify", "-q", name, in: fixture.path)
            #expect(try repository.resolve(name).description == answer ?? "", "\(name)")
        }
    }

    @Test func choosesTheCommitAmongObjectsWithTheSameDigits() throws {
        let fixture = try Fixture()
        let commit = try fixture.commit(["a": "1"])
        let digits = String(commit.description.prefix(4))
        // Blobs, until the id of one begins alike.
        let files = (0..<200_000).lazy.map { "blob\ndata \("\($0)".utf8.count)\n\($0)\n" }
        try GitCommand.run(["fast-import", "--quiet"], in: fixture.path, input: Data(files.joined().utf8))
        #expect(try fixture.git("cat-file", "--batch-all-objects", "--batch-check").count { $0.hasPrefix(digits) } > 1)
        #expect(try fixture.open().resolve(digits) == commit)
        #expect(try fixture.id(digits + "^{commit}") == commit)
    }

    @Test func knowsLinkedWorktrees() throws {
        let fixture = try Fixture()
        let first = try fixture.commit(["a": "1"])
        let second = try fixture.commit(["a": "2"])
        try fixture.git("worktree", "add", "-q", "--detach", fixture.directory.path + "/linked", first.description)
        let linked = try Repository(discovering: fixture.directory.path + "/linked")
        #expect(try linked.resolve("HEAD") == first)
        #expect(try linked.resolve("@") == first)
        #expect(try linked.resolve("main") == second)
    }
}
