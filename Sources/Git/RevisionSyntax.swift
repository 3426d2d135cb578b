/// How a revision is spelt: a name, and the steps from what it names to another object, as gitrevisions(7) has them.
struct RevisionSyntax {
    /// One step. `^2`, `~3`, `^{tree}` and `^{/text}` in this order.
    enum Step {
        case parent(Int)
        case ancestor(Int)
        case peel(ObjectKind?)
        case message([UInt8])
    }

    /// What stands before the first step: a ref, an id, an entry of a reflog, or something else.
    private(set) var name: ArraySlice<UInt8>
    /// From left to right.
    private(set) var steps: [Step] = []

    /// Takes a revision apart from its end, as git does; `nil` for a number that is out of bounds.
    init?(_ text: ArraySlice<UInt8>) {
        name = text
        while true {
            let digits = name.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            let sign = name.endIndex - digits - 1
            if sign >= name.startIndex, [UInt8(ascii: "~"), UInt8(ascii: "^")].contains(name[sign]) {
                let number = digits == 0 ? 1 : Int32(String(decoding: name[(sign + 1)...], as: UTF8.self))
                guard let number else { return nil }
                steps.append(name[sign] == UInt8(ascii: "^") ? .parent(Int(number)) : .ancestor(Int(number)))
                name = name[..<sign]
            } else if let (step, start) = RevisionSyntax.braces(name) {
                steps.append(step)
                name = name[..<start]
            } else {
                break
            }
        }
        steps.reverse()
    }

    /// The step `^{…}` at the end of a text, and where it begins.
    private static func braces(_ text: ArraySlice<UInt8>) -> (Step, Int)? {
        guard text.count >= 4, text.last == UInt8(ascii: "}"),
            let brace = text.indices.last(where: {
                text[$0] == UInt8(ascii: "{") && $0 > text.startIndex && text[$0 - 1] == UInt8(ascii: "^")
            }), brace - 1 > text.startIndex
        else { return nil }
        let content = text[(brace + 1)..<(text.endIndex - 1)]
        if content.first == UInt8(ascii: "/") { return (.message(Array(content.dropFirst())), brace - 1) }
        let kinds: [String: ObjectKind?] = [
            "": nil, "commit": .commit, "tag": .tag, "tree": .tree, "blob": .blob, "object": .any,
        ]
        guard let kind = kinds[String(decoding: content, as: UTF8.self)] else { return nil }
        return (.peel(kind), brace - 1)
    }
}

/// What a revision may be followed to.
enum ObjectKind {
    case commit, tag, tree, blob, any
}
