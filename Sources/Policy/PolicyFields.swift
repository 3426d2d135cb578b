/// The values of a mapping in a policy's file, by key.
struct PolicyFields {
    /// The mapping that the values are of, which errors point to.
    let node: PolicyNode
    let values: [String: PolicyNode]

    /// A value; nil when the key is left out.
    subscript(_ key: String) -> PolicyNode? { values[key] }

    /// A value without which the mapping means nothing.
    func required(_ key: String) throws(PolicyError) -> PolicyNode {
        guard let value = values[key] else { throw node.error("'\(key)' is missing.") }
        return value
    }

    /// What a reader makes of a value; nil when the key is left out.
    func value<Value>(_ key: String, _ read: (String) throws -> Value) throws(PolicyError) -> Value? {
        guard let node = values[key] else { return nil }
        return try node.value(read)
    }

    /// The texts of a list; nil when the key is left out.
    func texts(_ key: String) throws(PolicyError) -> [String]? {
        guard let node = values[key] else { return nil }
        let nodes = try node.list()
        guard !nodes.isEmpty else { throw node.error("The list is empty. Add an item, or remove the key.") }
        var texts: [String] = []
        for node in nodes { texts.append(try node.text()) }
        return texts
    }

    /// A severity; nil when the key is left out.
    func severity(_ key: String) throws(PolicyError) -> Severity? {
        guard let node = values[key] else { return nil }
        let text = try node.text()
        guard let severity = Severity(rawValue: text) else {
            throw node.error("'\(text)' is not a valid severity. Use fail or warn.")
        }
        return severity
    }

    /// The entries of a list of mappings; none when the key is left out.
    func entries<Entry>(
        _ key: String, _ read: (PolicyNode) throws(PolicyError) -> Entry
    ) throws(PolicyError) -> [Entry] {
        guard let node = values[key] else { return [] }
        var entries: [Entry] = []
        for entry in try node.list() { entries.append(try read(entry)) }
        return entries
    }
}
