import Foundation
import Git
import TestSupport
import Testing

/// A history of random trees, written by `git fast-import`: files, links and directories take each other's place.
struct RandomHistory {
    let fixture: Fixture
    let commits: [ObjectID]

    init(seed: Int, count: Int, _ options: String...) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/repository"
        try GitCommand.run(["init", "-q", "-b", "main"] + options + [path], in: directory.path)
        fixture = Fixture(directory, path: path)
        var random = SeededGenerator(seed: seed)
        var stream = ""
        for number in 0..<count {
            stream += "commit refs/heads/main\ncommitter A <a@b> \(1_700_000_000 + number) +0000\ndata 1\nm\n"
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                stream += RandomHistory.change(&random)
            }
            stream += "\n"
        }
        try GitCommand.run(["fast-import", "--quiet"], in: path, input: Data(stream.utf8))
        commits = try GitCommand.lines(["rev-list", "--reverse", "main"], in: path).map { try #require(ObjectID($0)) }
    }

    private static let names = ["a", "b.go", "c.s", "d", "x.txt", "Ä.go"]

    private static func change(_ random: inout SeededGenerator) -> String {
        let depth = Int.random(in: 1...3, using: &random)
        let path = (0..<depth).map { _ in names.randomElement(using: &random)! }.joined(separator: "/")
        let text = ["one\n", "two\r\n", "three", "", "../x.txt", "a"].randomElement(using: &random)!
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<4: return "D \(path)\n"
        case 4: return "M 160000 \(String(repeating: "5", count: 40)) \(path)\n"
        case 5..<8: return "M 120000 inline \(path)\ndata 4\n../a\n"
        case 8..<11: return "M 100755 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
        case 11: return "deleteall\nM 644 inline a\ndata 0\n\n"
        default: return "M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
        }
    }
}
