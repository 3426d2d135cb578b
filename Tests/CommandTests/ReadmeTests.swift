import Foundation
import TestSupport
import Testing

@Suite("README", .tags(.go), .serialized)
struct ReadmeTests {
    private static let readme = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../README.md").standardized

    /// The commands of the `console` blocks, which follow a `$ ` at the start of a line, with what is shown of their
    /// output: the lines after them.
    private func examples() throws -> [(command: String, output: [String])] {
        let text = try String(contentsOf: ReadmeTests.readme, encoding: .utf8)
        var isOpen = false
        var examples: [(command: String, output: [String])] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
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

    /// The first line that is shown and was not printed; nil when all were. What is left out is marked with `…`: lines by
    /// one that has nothing else, and the rest of a line at its end. Times are any number, and so is how much was measured:
    /// that depends on what is done side by side, and on what was known.
    private func difference(_ shown: [String], _ printed: String) -> String? {
        let printed = masked(printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        var next = 0
        var mayPass = false
        for line in masked(shown) {
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
        return nil
    }

    /// The lines of tables with the column `ns/op` masked, as far as it can be told from its heading, and others as they
    /// are.
    private func masked(_ lines: [String]) -> [String] {
        var column: Int?
        return lines.map { line in
            let line = line.replacing(/measured \d+(, reused \d+)?/, with: "measured")
            var words = line.split(separator: " ").map(String.init)
            if let heading = words.firstIndex(of: "ns/op") { column = heading } else if words.isEmpty { column = nil }
            guard let column, words.indices.contains(column) else { return line }
            words[column] = "ns/op"
            return words.joined(separator: " ")
        }
    }

    /// The block that begins with a line.
    private func block(_ first: String) throws -> String {
        let text = try String(contentsOf: ReadmeTests.readme, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != first }
        return lines.prefix { $0 != "```" }.map { $0 + "\n" }.joined()
    }

    @Test(
        "The alert rules tell what got worse since the day before, and nothing else",
        .enabled(if: Tool.isInstalled("promtool"), "promtool is not installed"))
    func alertRules() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-rules-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(block("groups:").utf8).write(to: folder.appending(path: "rules.yml"))
        let scenario = """
            rule_files: [rules.yml]
            evaluation_interval: 1h
            tests:
              - interval: 1h
                input_series:
                  - series: 'allocbisect_benchmark_value{package="m",benchmark="BenchmarkA",unit="allocs/op"}'
                    values: '8x30 12x30'
                  - series: 'allocbisect_benchmark_value{package="m",benchmark="BenchmarkB",unit="allocs/op"}'
                    values: '100x30 101x30'
                  - series: 'allocbisect_benchmark_value{package="m",benchmark="BenchmarkA",unit="B/op"}'
                    values: '8x30 120x30'
                  - series: 'allocbisect_benchmark_value{package="m",benchmark="BenchmarkB",unit="goroutines/op"}'
                    values: '1x30 2x30'
                alert_rule_test:
                  - {eval_time: 30h, alertname: BenchmarkAllocatesMore}
                  - {eval_time: 30h, alertname: BenchmarkLeaksMore}
                  - eval_time: 32h
                    alertname: BenchmarkAllocatesMore
                    exp_alerts:
                      - exp_labels: {package: m, benchmark: BenchmarkA, unit: allocs/op}
                        exp_annotations: {summary: 'm BenchmarkA: 4 allocs/op more than a day ago'}
                  - eval_time: 32h
                    alertname: BenchmarkLeaksMore
                    exp_alerts:
                      - exp_labels: {package: m, benchmark: BenchmarkB, unit: goroutines/op}
                        exp_annotations: {summary: 'm BenchmarkB: 1 goroutines/op more than a day ago'}
            """
        try Data(scenario.utf8).write(to: folder.appending(path: "scenario.yml"))
        let outcome = try await Program.shell("promtool test rules scenario.yml", in: folder.path)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
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

    @Test("Every command that is shown works on the demo's repository, and prints what is shown")
    func commandsWork() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-readme-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let demo = try await Program.run(["demo", "--directory", folder.path], in: NSTemporaryDirectory())
        #expect(demo.status == 0, "\(demo.output)\(demo.errors)")
        let examples = try examples()
        #expect(examples.count { !$0.output.isEmpty } >= 5)
        // Compilers word what they say in ways of their own: what is shown is what Debian's Go says.
        let go = GoCommands.all.first.map(GoCommands.minorVersion)
        for (number, (command, output)) in examples.enumerated() {
            let outcome = try await Program.shell(command, in: folder.path)
            #expect(
                [0, 3].contains(outcome.status), "\(command): \(outcome.status)\n\(outcome.output)\(outcome.errors)")
            // The demo has run the first one itself, when nothing was measured yet.
            let (shown, printed) = number == 0 ? (["…"] + output, demo.output) : (output, outcome.output)
            let difference = difference(shown, printed)
            #expect(difference == nil || go != 19, "\(command) did not print\n\(difference ?? "")\nbut\n\(printed)")
        }
    }
}
