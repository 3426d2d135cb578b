import AllocBisectCore
import ArgumentParser
import Exchange
import Foundation
import MCP
import Measuring
import Reports

extension Tool {
    /// The tools, for the repository around a folder unless a call names another one.
    static func all(in directory: String) throws -> [Tool] {
        let plain = TextStyle(hasColor: false)
        return [
            try Tool(
                .plan, "Says what a search of a range would take, and measures nothing. Ask this first: it is quick.",
                operand: .range, isRequired: true, [.firstParent], in: directory
            ) { words, tell in
                let search = try PlanCommand.parse(words).search
                let plan = try await search.measuring.engine(tell).plan(search.request())
                return (nil, try PlanJSON.text(of: plan), PlanText.text(of: plan, command: search.command))
            },
            try Tool(
                .find,
                "Names the commits of a range where benchmarks began to allocate more, to leave goroutines behind or to "
                    + "retain heap, and explains each by line. Takes minutes; what was measured before is reused.",
                operand: .range, isRequired: true,
                [.metric, .threshold, .all, .firstParent, .budget, .testsFrom, .noExplain], in: directory
            ) { words, tell in
                let command = try FindCommand.parse(words)
                let search = command.search
                let verdict = try await search.measuring.engine(tell).find(
                    search.request(command.explaining, isExplained: !command.noExplain))
                return (
                    command.changesNote, try FindJSON.text(of: verdict),
                    FindText.text(of: verdict, command: search.command, style: plain)
                )
            },
            try Tool(
                .compare,
                "Says what is better or worse in the work tree as it is than at HEAD, or at one commit than at another, and "
                    + "explains by line what got worse.",
                operand: .revisions, isRequired: false, [.metric, .threshold, .budget, .noExplain], in: directory
            ) { words, tell in
                let command = try CompareCommand.parse(words)
                let compared = try await command.measuring.engine(tell).compare(command.request())
                return (
                    command.changesNote, try CompareJSON.text(of: compared),
                    CompareText.text(of: compared, everything: false, width: nil, style: plain)
                )
            },
            try Tool(
                .explain,
                "Says what a commit changed in benchmarks, compared with its first parent, and which lines did it.",
                operand: .revision, isRequired: true, [.metric], in: directory
            ) { words, tell in
                let command = try ExplainCommand.parse(words)
                let comparison = try await command.measuring.engine(tell).explain(command.request())
                return (
                    command.changesNote, try ExplainJSON.text(of: comparison),
                    ExplainText.text(of: comparison, style: plain)
                )
            },
            try Tool(
                .history,
                "Shows the values of benchmarks commit by commit, with steps marked. Measures what is missing.",
                operand: .range, isRequired: false, [.metric, .threshold, .maxCount, .cached, .allParents],
                in: directory
            ) { words, tell in
                let command = try HistoryCommand.parse(words)
                let history = try await command.shown.measuring.engine(tell).history(command.request())
                return (
                    command.changesNote, try HistoryJSON.text(of: history),
                    HistoryText.text(of: history, width: nil, style: plain)
                )
            },
        ]
    }

    /// A tool that does what the command of its name does, and gives the document that the command prints.
    ///
    /// - Parameters:
    ///   - options: Those that it takes besides the ones of all tools.
    ///   - work: Does it, and gives what the document does not say of it, and the document as JSON and as text. It is
    ///     given the command's arguments.
    private init(
        _ document: DocumentSchema, _ description: String, operand: ToolOption, isRequired: Bool,
        _ options: [ToolOption], in directory: String,
        _ work:
            @escaping @Sendable (
                _ words: [String], _ tell: @escaping @Sendable (Event) -> Void
            ) async throws -> (note: String?, json: String, text: String)
    ) throws {
        let arguments = ToolArguments(
            operand: operand, isRequired: isRequired, options: [.package, .bench, .tests, .sanitizer] + options,
            directory: directory)
        self.init(
            name: document.rawValue, description: description, inputSchema: arguments.schema,
            outputSchema: try JSON(Data(document.text.utf8))
        ) { given, tell in
            do {
                let (note, json, text) = try await work(arguments.words(given)) { event in event.line.map(tell) }
                let result = Tool.Result(document: try JSON(Data(json.utf8)), text: text)
                return note.map(result.warning) ?? result
            } catch {
                throw ToolError(description: AllocBisect.sentence(for: error))
            }
        }
    }
}

extension Tool.Result {
    /// The same with a further warning, in both forms.
    fileprivate func warning(_ note: String) -> Tool.Result {
        guard case .object(var members) = document, case .array(let warnings)? = members["warnings"] else {
            return self
        }
        members["warnings"] = .array(warnings + [.string(note)])
        return Tool.Result(document: .object(members), text: "\(text)\nnote: \(note)\n")
    }
}

/// Why a tool could not do its work, as a sentence.
struct ToolError: Error, CustomStringConvertible {
    let description: String
}

extension Resource {
    /// What the results cache of the repository around a folder has.
    static func results(in directory: String) -> [Resource] {
        [
            Resource(
                uri: "allocbisect://results", name: "results",
                description: "All measurements that were made so far, in the Go benchmark format that benchstat reads.",
                mimeType: "text/plain"
            ) {
                var text = ""
                _ = try ResultsCache(in: directory, file: nil).export { text += $0 }
                return text
            },
            Resource(
                uri: "allocbisect://results/statistics", name: "statistics",
                description: "How many measurements there are, of how many commits, and how they were made.",
                mimeType: "application/json"
            ) {
                let results = try ResultsCache(in: directory, file: nil)
                return try CacheJSON.text(
                    path: results.path, size: results.size ?? 0, statistics: results.statistics())
            },
        ]
    }
}
