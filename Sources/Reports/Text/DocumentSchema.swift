import Foundation

/// The JSON Schema of what `--format json` prints, by the command that prints it. Its source is a file in `Schemas`.
///
/// Source: https://json-schema.org/draft/2020-12/json-schema-core
public enum DocumentSchema: String, Sendable, CaseIterable {
    case cache, check, compare, doctor, explain, find, history, hook, plan, record, share
    /// What documents have in common: an explanation, and everything else.
    case explanation, shared

    /// Those of whole documents.
    static let documents = allCases.filter { ![.explanation, .shared].contains($0) }

    /// The schema as one JSON document, which refers to nothing outside of it.
    public var text: String {
        get throws {
            let definitions = try DocumentSchema.definitions
            var schema = try DocumentSchema.read(source)
            var needed: [String: Any] = [:]
            var open = (schema["$defs"] as? [String: Any] ?? [:]).keys + DocumentSchema.references(in: schema)
            while let name = open.popLast() {
                guard needed[name] == nil, let definition = definitions[name] else { continue }
                needed[name] = definition
                open += DocumentSchema.references(in: definition)
            }
            schema["$defs"] = needed
            let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try JSONSerialization.data(withJSONObject: schema, options: options), as: UTF8.self)
                + "\n"
        }
    }

    private var source: [UInt8] {
        switch self {
        case .cache: PackageResources.cache_json
        case .check: PackageResources.check_json
        case .compare: PackageResources.compare_json
        case .doctor: PackageResources.doctor_json
        case .explain: PackageResources.explain_json
        case .explanation: PackageResources.explanation_json
        case .find: PackageResources.find_json
        case .history: PackageResources.history_json
        case .hook: PackageResources.hook_json
        case .plan: PackageResources.plan_json
        case .record: PackageResources.record_json
        case .share: PackageResources.share_json
        case .shared: PackageResources.shared_json
        }
    }

    /// What any of the files defines, which all of them may refer to, and the two that are parts of others.
    private static var definitions: [String: Any] {
        get throws {
            var all: [String: Any] = [:]
            let parts = [DocumentSchema.explanation, find]
            for schema in [shared] + parts + allCases {
                all.merge(try read(schema.source)["$defs"] as? [String: Any] ?? [:]) { first, _ in first }
            }
            for part in parts {
                all[part.rawValue] = try read(part.source).filter { !["$schema", "$defs"].contains($0.key) }
            }
            return all
        }
    }

    private static func read(_ source: [UInt8]) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(source)) as? [String: Any] ?? [:]
    }

    /// The names of the definitions that a part of a schema refers to.
    private static func references(in part: Any) -> [String] {
        switch part {
        case let members as [String: Any]:
            members.flatMap { key, value in
                guard key == "$ref", let reference = value as? String else { return references(in: value) }
                return [String(reference.dropFirst("#/$defs/".count))]
            }
        case let items as [Any]: items.flatMap(references)
        default: []
        }
    }
}
