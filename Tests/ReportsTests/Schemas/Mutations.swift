import MCP

/// Documents that differ from good ones in one place, by what the good ones themselves show: a member that all objects
/// of one place have is dropped, a value gets a type that none has there, a member is added that none has, and a word
/// or a number becomes one that does not exist.
struct Mutations {
    /// A document that is not as it must be, and what was changed.
    struct Mutant {
        let change: String
        let document: JSON
    }

    /// The ends of places that may be missing although all the good ones have them.
    private static let optional = ["lastAlert.series[].severity", ".cpuProfiles", ".bytes", ".problems"]

    /// All of them, each kind of change once for each place.
    private(set) var all: [Mutant] = []
    private var done: Set<String> = []
    /// The types of the values at a place.
    private var types: [String: Set<String>] = [:]
    /// How many objects there are at a place, and how many of them have a member.
    private var (objects, members): ([String: Int], [String: Int]) = ([:], [:])

    init(_ documents: [JSON]) {
        for document in documents { look(at: document, "") }
        for document in documents { change(document, "") { $0 } }
    }

    private mutating func look(at value: JSON, _ place: String) {
        types[place, default: []].insert(value.type)
        switch value {
        case .array(let items): for item in items { look(at: item, place + "[]") }
        case .object(let values):
            objects[place, default: 0] += 1
            for (key, value) in values {
                members["\(place).\(key)", default: 0] += 1
                look(at: value, "\(place).\(key)")
            }
        default: break
        }
    }

    /// - Parameter whole: Puts another value in this place of its document.
    private mutating func change(_ value: JSON, _ place: String, whole: (JSON) -> JSON) {
        let others: [JSON] = [true, [:], [], "text"]
        if let other = others.first(where: { types[place]?.contains($0.type) == false }) {
            add("\(place) is of the type \(other.type)", whole(other))
        }
        switch value {
        case .array(let items):
            for (position, item) in items.enumerated() {
                change(item, place + "[]") { other in
                    var items = items
                    items[position] = other
                    return whole(.array(items))
                }
            }
        case .object(let values):
            add("\(place) has a further member", whole(.object(values.merging(["further": "text"]) { $1 })))
            for (key, value) in values {
                let (inner, isFree) = ("\(place).\(key)", place.hasSuffix(".values"))
                let isOptional = Mutations.optional.contains(where: inner.hasSuffix)
                if members[inner] == objects[place], !isFree, !isOptional {
                    add("\(inner) is gone", whole(.object(values.filter { $0.key != key })))
                }
                change(value, inner) { other in whole(.object(values.merging([key: other]) { $1 })) }
            }
        case .string(let text):
            if Mutations.isWord(place) || Mutations.isCommit(text, place) || Mutations.isTime(place) {
                add("\(place) is a word that there is not", whole("no such word"))
            }
        case .integer: if place == ".schemaVersion" { add("\(place) is another one", whole(2)) }
        default: break
        }
    }

    private mutating func add(_ change: String, _ document: JSON) {
        if done.insert(change).inserted { all.append(Mutant(change: change, document: document)) }
    }

    /// Whether a place has one of a few words.
    private static func isWord(_ place: String) -> Bool {
        let ends = [
            ".outcome", ".kind", ".mark", ".severity", ".state", ".result", ".action", "escapes[].change",
            "failures[].reason", "hooks[].name",
        ]
        return place == ".command" || ends.contains(where: place.hasSuffix) && !place.hasSuffix("goroutines[].state")
    }

    /// Whether a place has a commit's hash, and not what else may name a commit.
    private static func isCommit(_ text: String, _ place: String) -> Bool {
        text.count == 40 && text.allSatisfy(\.isHexDigit) && place != ".series[].commit"
            && !place.hasSuffix("goneCommits[]")
    }

    private static func isTime(_ place: String) -> Bool { place.hasSuffix(".date") || place.hasSuffix("[].time") }
}

extension JSON {
    fileprivate var type: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
