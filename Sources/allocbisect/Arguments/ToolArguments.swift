import Foundation
import MCP

/// The arguments of a tool. They are those of the command that it does, by the same names.
struct ToolArguments {
    /// What the command takes by its place.
    let operand: ToolOption
    let isRequired: Bool
    let options: [ToolOption]
    /// The folder that a path is relative to.
    let directory: String

    /// What a client may pass, as a JSON Schema.
    var schema: JSON {
        let all = [operand, .directory] + options
        return [
            "type": "object",
            "properties": .object(Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.schema) })),
            "required": isRequired ? [.string(operand.name)] : [], "additionalProperties": false,
        ]
    }

    /// What a user would write after the command's name.
    ///
    /// - Throws: `ToolError` for an argument that does not exist, or that is of a type that none has.
    func words(_ given: [String: JSON]) throws -> [String] {
        let folder = URL(filePath: given["directory"]?.text ?? ".", relativeTo: URL(filePath: directory + "/"))
        var (words, operands) = (["-C", folder.standardizedFileURL.path], [String]())
        for (name, value) in given.sorted(by: { $0.key < $1.key }) where name != "directory" {
            guard ([operand] + options).contains(where: { $0.name == name }) else {
                let names = ([operand, .directory] + options).map(\.name).joined(separator: ", ")
                throw ToolError(description: "There is no argument “\(name)”. Available: \(names).")
            }
            let values = if case .array(let items) = value { items } else { [value] }
            for value in values {
                switch value {
                case .bool(true): words.append("--\(name)")
                case .bool(false), .null: break
                case .string(let text) where name == operand.name: operands.append(text)
                case .string(let text): words.append("--\(name)=\(text)")
                case .integer(let number): words.append("--\(name)=\(number)")
                case .number, .array, .object:
                    throw ToolError(
                        description:
                            "The argument “\(name)” takes text, a whole number, true or false, or a list of these.")
                }
            }
        }
        // Nothing that a client writes is an option but those above.
        if let option = operands.first(where: { $0.hasPrefix("-") }) {
            throw ToolError(description: "“\(option)” begins with a dash, which no revision does.")
        }
        return words + operands
    }
}

/// An argument of tools, by the command's name for it.
struct ToolOption {
    let name: String
    let schema: JSON

    private init(_ name: String, _ type: String, _ description: String) {
        self.name = name
        schema = ["type": .string(type), "description": .string(description)]
    }

    private init(list name: String, _ description: String) {
        self.name = name
        schema = ["type": "array", "items": ["type": "string"], "description": .string(description)]
    }

    static let range = ToolOption("range", "string", "The commits, as good..bad: v1.2.0..HEAD.")
    static let revision = ToolOption("revision", "string", "A commit, or two as in A..B.")
    static let revisions = ToolOption(
        list: "revisions",
        "The commits: none compares HEAD with the work tree, one compares it with the work tree, two with each other.")
    static let directory = ToolOption("directory", "string", "A folder in the repository, instead of the server's own.")
    static let package = ToolOption(list: "package", "Packages as Go patterns, instead of ./...")
    static let bench = ToolOption(
        "bench", "string", "Benchmarks as a regular expression, as for go test -bench. Without it: all.")
    static let tests = ToolOption(
        "tests", "boolean", "Measure tests instead of benchmarks: leaks show there as well.")
    static let sanitizer = ToolOption(
        "sanitizer", "string",
        "Count the faults that race, address, memory or checkptr reports; with 'metric', beside others.")
    static let metric = ToolOption(
        list: "metric",
        "Units to follow, such as allocs/op, B/op, goroutines/op, retained-objects/op, retained-B/op or ns/op. Without "
            + "it: allocs/op, goroutines/op and retained-objects/op.")
    static let threshold = ToolOption(
        list: "threshold", "Bounds at which values count as bad: +5%, +1, x3, >100, or for one metric B/op=+10%.")
    static let all = ToolOption("all", "boolean", "Name every crossing, which measures every commit.")
    static let firstParent = ToolOption(
        "first-parent", "boolean", "Follow first parents only, so that merges are named.")
    static let budget = ToolOption("budget", "string", "Measure no longer than this: 5m.")
    static let testsFrom = ToolOption(
        "tests-from", "string",
        "A revision whose _test.go files are used at every commit, where the benchmark is newer.")
    static let noExplain = ToolOption("no-explain", "boolean", "Leave out the explanations, which is quicker.")
    static let maxCount = ToolOption("max-count", "integer", "Only the newest commits. Without it and a range: 30.")
    static let cached = ToolOption("cached", "boolean", "Measure nothing, and show what is known.")
    static let allParents = ToolOption("all-parents", "boolean", "Also show commits of merged branches.")
}
