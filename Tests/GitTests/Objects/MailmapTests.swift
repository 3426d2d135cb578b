import Foundation
import Git
import TestSupport
import Testing

@Suite("Names of authors, against `git log`")
struct MailmapTests {
    private static let names = ["Ada", "ada", "Bo Bo", "C"]
    private static let emails = ["a@x", "A@X", "b@y", "c"]

    private func line(_ random: inout SeededGenerator) -> String {
        func person(_ random: inout SeededGenerator) -> String {
            let name = (Self.names + ["", "New Name", "  Wide  "]).randomElement(using: &random)!
            return name + [" ", "", "\t"].randomElement(using: &random)! + "<"
                + (Self.emails + ["new@z", "", " a@x "]).randomElement(using: &random)! + ">"
        }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return "# " + person(&random)
        case 1: return ["", "no address", "Half <a@x", "> <"].randomElement(using: &random)!
        case 2..<7: return person(&random)
        default: return person(&random) + [" ", "", " # x "].randomElement(using: &random)! + person(&random)
        }
    }

    @Test(arguments: 0..<12)
    func authorsAreThoseOfGit(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let fixture = try Fixture()
        for name in Self.names {
            for email in Self.emails {
                try GitCommand.run(
                    ["commit", "-q", "--allow-empty", "-m", "x"], in: fixture.path,
                    environment: ["GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email])
            }
        }
        let text = (0..<Int.random(in: 1..<10, using: &random)).map { _ in line(&random) }.joined(separator: "\n")
        let other = (0..<4).map { _ in line(&random) }.joined(separator: "\n")
        try TemporaryDirectory.write(text, to: fixture.path + "/.mailmap")
        if random.once(in: 2) {
            try fixture.directory.write(other, to: "names")
            try fixture.git("config", "mailmap.file", fixture.directory.path + "/names")
        }
        if random.once(in: 2) {
            try fixture.commit(["in/tree": line(&random)])
            try fixture.git("config", "mailmap.blob", "HEAD:in/tree")
        }
        if random.once(in: 6) { try fixture.git("config", "log.mailmap", "false") }
        let output = try GitCommand.run(
            ["log", "-z", "--format=%H%n%an%n%ae"]
                + (try usesMailmap(fixture) ? ["--use-mailmap", "--format=%H%n%aN%n%aE"] : []),
            in: fixture.path)
        let repository = try fixture.open()
        for record in String(decoding: output, as: UTF8.self).split(separator: "\0") {
            let fields = record.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let author = try repository.commit(#require(ObjectID(fields[0]))).author
            #expect([author.name, author.email] == Array(fields[1...2]), "\(text)\n---\n\(other)")
        }
    }

    private func usesMailmap(_ fixture: Fixture) throws -> Bool {
        try fixture.git("config", "--get", "--default", "true", "log.mailmap").first == "true"
    }

    @Test func aBareRepositoryHasItInHead() throws {
        let fixture = try Fixture()
        let commit = try fixture.commit([".mailmap": "New Name <someone@example.com>\n"])
        try GitCommand.run(["clone", "-q", "--bare", fixture.path, "bare"], in: fixture.directory.path)
        let bare = try Repository(discovering: fixture.directory.path + "/bare")
        #expect(try bare.commit(commit).author.name == "New Name")
        // A link is not followed.
        try FileManager.default.moveItem(atPath: fixture.path + "/.mailmap", toPath: fixture.path + "/other")
        try FileManager.default.createSymbolicLink(atPath: fixture.path + "/.mailmap", withDestinationPath: "other")
        #expect(try fixture.open().commit(commit).author.name == "A U Thor")
    }
}
