import Yams

/// A part of a policy's file with its place in it, so that whatever is wrong with it is reported with line and column.
struct PolicyNode {
    let file: String
    private let node: Node

    /// The whole of a file; nil when there is nothing in it but comments.
    ///
    /// - Throws: `PolicyError` when it is not YAML.
    init?(reading text: String, file: String) throws(PolicyError) {
        if let excess = PolicyLimits.excess(of: text) { throw PolicyError(file: file, excess) }
        let root: Node?
        do { root = try compose(yaml: text) } catch { throw PolicyNode.refusal(of: file, error) }
        guard let root, root.null == nil else { return nil }
        self.init(file: file, node: root)
    }

    private init(file: String, node: Node) {
        self.file = file
        self.node = node
    }

    /// The line that it begins on, from 1 on.
    var line: Int { node.mark?.line ?? 1 }

    /// The values of a mapping by key.
    func fields(_ known: [String]) throws(PolicyError) -> PolicyFields {
        guard case .mapping(let mapping) = node else {
            throw error("Expected keys and values, such as '\(known[0]): …'.")
        }
        var values: [String: PolicyNode] = [:]
        for (key, value) in mapping {
            let key = PolicyNode(file: file, node: key)
            let name = try key.text()
            guard known.contains(name) else {
                throw key.error(
                    "Unknown key '\(name)'. Expected one of \(known.joined(separator: ", ")).")
            }
            values[name] = PolicyNode(file: file, node: value)
        }
        return PolicyFields(node: self, values: values)
    }

    /// The entries of a list.
    func list() throws(PolicyError) -> [PolicyNode] {
        guard case .sequence(let sequence) = node else {
            throw error("Expected a list. Write [one, two], or lines that begin with '- '.")
        }
        return sequence.map { PolicyNode(file: file, node: $0) }
    }

    /// The values of some keys, and the entries of those that are lists, at any depth below it.
    func values(of keys: Set<String>) -> [PolicyNode] {
        switch node {
        case .sequence(let sequence):
            return sequence.flatMap { PolicyNode(file: file, node: $0).values(of: keys) }
        case .mapping(let mapping):
            return mapping.flatMap { key, value -> [PolicyNode] in
                let value = PolicyNode(file: file, node: value)
                guard let name = key.string, keys.contains(name) else { return value.values(of: keys) }
                return (try? value.list()) ?? [value]
            }
        default: return []
        }
    }

    /// The text of a scalar as it was written: `+5%` and `2026-12-31` are texts as well.
    func text() throws(PolicyError) -> String {
        guard case .scalar(let scalar) = node else { throw error("Expected a single text.") }
        guard !scalar.string.allSatisfy(\.isWhitespace) else {
            throw error("The value is missing. Add one, or remove the key.")
        }
        return scalar.string
    }

    /// What a reader makes of the text; its own sentence tells why it cannot.
    func value<Value>(_ read: (String) throws -> Value) throws(PolicyError) -> Value {
        let text = try text()
        do { return try read(text) } catch { throw self.error("\(error)") }
    }

    func error(_ message: String) -> PolicyError {
        PolicyError(file: file, line: node.mark?.line, column: node.mark?.column, message)
    }

    /// Where it is: the file, the line and the column.
    var place: String {
        ([file] + [node.mark?.line, node.mark?.column].compactMap(\.self).map(String.init)).joined(separator: ":")
    }

    private static func refusal(of file: String, _ error: any Error) -> PolicyError {
        func refusal(_ mark: Mark?, _ problem: String) -> PolicyError {
            PolicyError(
                file: file, line: mark?.line, column: mark?.column,
                "Invalid YAML: \(problem). A text that begins with a sign such as > needs quotes, as in '>100'.")
        }
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return refusal(mark, problem)
        case .duplicatedKeysInMapping(let keys, let context):
            return PolicyError(
                file: file, line: context.mark.line, column: context.mark.column,
                "The key '\(keys.first ?? "")' is listed twice; keep one.")
        case .reader(let problem, _, _, _): return refusal(nil, problem)
        default: return refusal(nil, "\(error)")
        }
    }
}
