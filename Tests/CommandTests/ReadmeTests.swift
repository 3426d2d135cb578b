import Foundation
import TestSupport
import Testing

@Suite("README and manual", .tags(.go), .serialized)
struct ReadmeTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..").standardized
    static let manual = root.appending(path: "Sources/allocbisect/Manual.docc")
    /// Where the demo's repository is in what the pages show.
    private static let shownFolder = "/tmp/demo"

    /// README, the manual's first page, and the others in the order in which that one links to them. The examples run
    /// in this order, in one repository.
    func pages() throws -> [URL] {
        let first = ReadmeTests.manual.appending(path: "allocbisect.md")
        var names: [String] = []
        for match in try text(of: first).matches(of: /\]\((\w+\.md)/) {
            let name = String(match.output.1)
            if !names.contains(name) { names.append(name) }
        }
        let others = names.map { ReadmeTests.manual.appending(path: $0) }
        return [ReadmeTests.root.appending(path: "README.md"), first] + others
    }

    func text(of page: URL) throws -> String { try String(contentsOf: page, encoding: .utf8) }

    /// The commands of a page's `console` blocks, which follow a `$ ` at the start of a line, with what is shown of
    /// their output: the lines after them.
    private func examples(of page: URL) throws -> [(command: String, output: [String])] {
        var isOpen = false
        var examples: [(command: String, output: [String])] = []
        for line in try text(of: page).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isOpen = line == "```console"
            } else if isOpen && line.hasPrefix("$ ") {
                examples.append((String(line.dropFirst(2)), []))
            } else if isOpen && !examples.isEmpty {
                examples[examples.count - 1].output.append(String(line))
            }
        }
        return examples
    }

    /// The first line that is shown and was not printed, or the other way round; nil when there is none. What is left
    /// out is marked with `…`: lines by one that has nothing else, and the rest of a line at its end.
    private func difference(_ shown: [String], _ printed: String, in folder: String) -> String? {
        let printed = masked(printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init), folder)
        var next = 0
        var mayPass = false
        for line in masked(shown, folder) {
            if line.trimmingCharacters(in: .whitespaces) == "…" {
                mayPass = true
                continue
            }
            let end = ["(…)", " …"].first { line.hasSuffix($0) }
            func fits(_ other: String) -> Bool {
                end.map { other.hasPrefix(line.dropLast($0.count)) } ?? (other == line)
            }
            let place = mayPass ? printed[next...].firstIndex(where: fits) : next
            guard let place, place < printed.count, fits(printed[place]) else { return line }
            (next, mayPass) = (place + 1, false)
        }
        // An example that shows nothing is about what its command does.
        return shown.isEmpty || mayPass
            ? nil : printed.dropFirst(next).first { !$0.isEmpty }.map { "(not shown) " + $0 }
    }

    /// The lines without what differs from one run to the next: the folder of the repository, times, and how much was
    /// measured, which depends on what is done side by side and on what was known. Of tables, the column `ns/op` is
    /// masked as far as it can be told from its heading.
    private func masked(_ lines: [String], _ folder: String) -> [String] {
        let marks = [
            /measured \d+(?:, reused \d+)?/, /"(?:measured|reused)" : \d+/,
            /\d+ failures?, \d+ imported\) of \d+ commits/,
            /notes of \d+ commits/, /\d+ (?:measurements|values|KiB)/, /\d+ known already/, /\d+  go:/,
            /\d{4}-\d\d-\d\dT[\d:]+Z/,
        ]
        var column: Int?
        return lines.map { line in
            var line = line.replacing(folder, with: ReadmeTests.shownFolder)
            for mark in marks { line = line.replacing(mark, with: "?") }
            var words = line.split(separator: " ").map(String.init)
            if let heading = words.firstIndex(of: "ns/op") { column = heading } else if words.isEmpty { column = nil }
            guard let column, words.indices.contains(column) else { return line }
            words[column] = "ns/op"
            return words.joined(separator: " ")
        }
    }

    /// The block that begins with a line, on whatever page it is.
    func block(_ first: String) throws -> String {
        let text = try pages().map { try self.text(of: $0) }.joined(separator: "\n")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != first }
        return lines.prefix { $0 != "```" }.map { $0 + "\n" }.joined()
    }

    /// What links call the headings of a page, as code hosts make it.
    private func anchors(of page: URL) throws -> Set<String> {
        let headings = try text(of: page).split(separator: "\n").filter { $0.hasPrefix("#") }
        return Set(
            headings.map { heading in
                let words = heading.drop { "# ".contains($0) }.lowercased()
                return words.filter { $0.isLetter || $0.isNumber || " -".contains($0) }.replacing(" ", with: "-")
            })
    }

    @Test("Every page is linked from the manual's first one, and every link leads to a heading or a file")
    func links() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: ReadmeTests.manual.path)
        let pages = try pages()
        #expect(Set(files) == Set(pages.dropFirst().map(\.lastPathComponent)))
        let forContributors = ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"]
        for page in pages + forContributors.map({ ReadmeTests.root.appending(path: ".github/\($0)") }) {
            for match in try text(of: page).matches(of: /\]\(([\w\/.-]*)(?:#([\w-]+))?\)/) {
                let path = String(match.output.1)
                let target =
                    path.isEmpty ? page : page.deletingLastPathComponent().appending(path: path).standardized
                #expect(FileManager.default.fileExists(atPath: target.path), "\(page.lastPathComponent): \(path)")
                guard let anchor = match.output.2 else { continue }
                let known = try anchors(of: target)
                #expect(known.contains(String(anchor)), "\(page.lastPathComponent): \(path)#\(anchor)")
            }
        }
    }

    @Test("Linked as git-allocbisect, it is a command of git's")
    func gitCommand() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        let program = Program.folder.appending(path: "allocbisect").path
        let line = "ln -s '\(program)' ../git-allocbisect && PATH=\"$PWD/..:$PATH\" git allocbisect main~1..main"
        let outcome = try await Program.shell(line, in: history.path)
        let culprit = try history.id("1")
        #expect(outcome.status == 0 && outcome.output.contains("culprit \(culprit)"), "\(outcome.errors)")
    }

    /// Compares what the demo says before and after its search with a file; `RECORD_GOLDEN=1` writes that anew.
    private func expectWords(of output: String, in folder: String) throws {
        let program = Program.folder.appending(path: "allocbisect").path
        let text = output.replacing(folder, with: ReadmeTests.shownFolder).replacing(program, with: "allocbisect")
        let start = try #require(text.firstRange(of: /\n\n[0-9a-f]{10}\.\./))
        let end = try #require(text.firstRange(of: "\nThese are the three"))
        let words = text[..<start.lowerBound] + "\n\n…\n" + text[end.lowerBound...]
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/demo.txt")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil { return try Data(words.utf8).write(to: file) }
        #expect(String(words) == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    @Test("Every command that is shown works on the demo's repository, and prints what is shown")
    func commandsWork() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-readme-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let demo = try await Program.run(["demo", "--directory", folder.path], in: NSTemporaryDirectory())
        #expect(demo.status == 0, "\(demo.output)\(demo.errors)")
        try expectWords(of: demo.output, in: folder.path)
        // Compilers word what they say in ways of their own: what is shown is what Debian's Go says.
        let go = GoCommands.all.first.map(GoCommands.minorVersion)
        var isFirst = true
        for page in try pages() {
            let examples = try examples(of: page)
            #expect(examples.contains { !$0.output.isEmpty }, "\(page.lastPathComponent) shows nothing")
            for (command, output) in examples {
                let outcome = try await Program.shell(command, in: folder.path)
                let status = command.firstMatch(of: /# exit status (\d+)$/).flatMap { Int32($0.output.1) } ?? 0
                #expect(
                    outcome.status == status,
                    "\(command): \(outcome.status)\n\(outcome.output)\(outcome.errors)")
                // The demo has run the first one itself, when nothing was measured yet.
                let (shown, printed) = isFirst ? (["…"] + output + ["…"], demo.output) : (output, outcome.output)
                isFirst = false
                let difference = difference(shown, printed, in: folder.path)
                #expect(
                    difference == nil || go != 19,
                    "\(page.lastPathComponent): \(command) did not print\n\(difference ?? "")\nbut\n\(printed)")
            }
        }
    }
}
