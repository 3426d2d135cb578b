import Foundation
import Git
import TestSupport
import Testing

/// A history of random edits of text files, written by `git fast-import`: lines come, go and change, files are made,
/// removed and renamed. Some files are empty, some lack the last line end, some have those of another system.
struct RandomEdits {
    let fixture: Fixture
    let commits: [ObjectID]

    private typealias Files = [String: [String]]

    init(seed: Int, count: Int) throws {
        fixture = try Fixture()
        var random = SeededGenerator(seed: seed)
        var files: Files = [:]
        for number in 0..<6 { files["f\(number).go"] = RandomEdits.text(&random) }
        var stream = ""
        for number in 0..<count {
            stream +=
                "commit refs/heads/main\ncommitter A <a@b> \(1_700_000_000 + number) +0000\ndata 1\nm\ndeleteall\n"
            for (name, lines) in files.sorted(by: { $0.key < $1.key }) {
                let text = lines.joined()
                stream += "M 100644 inline \(name)\ndata \(text.utf8.count)\n\(text)\n"
            }
            stream += "\n"
            for _ in 0..<Int.random(in: 1...4, using: &random) { RandomEdits.edit(&files, number, &random) }
        }
        try GitCommand.run(["fast-import", "--quiet"], in: fixture.path, input: Data(stream.utf8))
        commits = try fixture.git("rev-list", "--reverse", "main").map { try #require(ObjectID($0)) }
    }

    /// The lines of a file of a commit, each with its end.
    static func lines(_ content: [UInt8]?) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = (content ?? [])[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            lines.append(Array(rest[..<end]))
            rest = rest[end...]
        }
        return lines
    }

    /// Half of the lines are like others, as in real files, so they can be matched in more than one way.
    private static func line(_ random: inout SeededGenerator) -> String {
        let word = ["}", "", "\treturn nil", "\tif err != nil {"].randomElement(using: &random)!
        return (random.once(in: 2) ? word : "\tx := \(random.next())") + (random.once(in: 9) ? "\r\n" : "\n")
    }

    private static func text(_ random: inout SeededGenerator) -> [String] {
        let count = random.once(in: 6) ? 0 : Int.random(in: 1...60, using: &random)
        return (0..<count).map { _ in line(&random) }
    }

    private static func edit(_ files: inout Files, _ number: Int, _ random: inout SeededGenerator) {
        guard let name = files.keys.sorted().randomElement(using: &random), var lines = files[name] else {
            files["new\(number).go"] = text(&random)
            return
        }
        let position = Int.random(in: 0...lines.count, using: &random)
        let end = min(position + Int.random(in: 0...4, using: &random), lines.count)
        switch Int.random(in: 0..<20, using: &random) {
        case 0: files["d\(random.next() % 9)/new\(number).go"] = text(&random)
        case 1: files[name] = nil
        case 2:
            // Only what is large enough to be told from others.
            guard lines.count > 12 else { return }
            files[name] = nil
            lines.insert(line(&random), at: position)
            files["moved/\(number)-\(random.next() % 99).go"] = lines
        case 3: files[name] = []
        case 4:
            guard let last = lines.popLast() else { return }
            files[name] = lines + [last.hasSuffix("\n") ? "last" : last + "\n"]
        case 5..<8:
            guard lines.indices.contains(position) else { return }
            lines[position] = line(&random)
            files[name] = complete(lines)
        default:
            lines.replaceSubrange(position..<end, with: (0..<(random.next() % 5)).map { _ in line(&random) })
            files[name] = complete(lines)
        }
    }

    /// Only the last line may lack its end.
    private static func complete(_ lines: [String]) -> [String] {
        lines.enumerated().map { $0 == lines.count - 1 || $1.hasSuffix("\n") ? $1 : $1 + "\n" }
    }
}
