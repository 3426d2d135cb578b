private import CGit2

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

/// A revision that is being looked up, and what there is to say when it is none.
struct RevisionLookup {
    let revision: String

    init(_ revision: String) {
        self.revision = revision
    }

    var operation: String { "resolving the revision “\(revision)”" }

    /// Whether no name could be spelt like this, in whatever repository.
    var isMisspelt: Bool {
        guard let name = RevisionSyntax(Array(revision.utf8)[...])?.name, !name.isEmpty else { return true }
        var base = String(decoding: name, as: UTF8.self)
        if base.hasSuffix("}"), let at = base.firstPosition(of: "@{") { base = String(base[..<at]) }
        guard !base.isEmpty, base != "@" else { return false }
        var isValid: Int32 = 0
        return git_reference_name_is_valid(&isValid, "refs/heads/" + base) == 0 && isValid == 0
    }

    var invalid: GitError {
        GitError(
            .invalidRevision, operation: operation,
            message: revision.isEmpty || revision.hasPrefix("-") || revision.utf8.contains(0)
                ? "“\(revision)” is not a revision. Name a branch, a tag or a commit."
                : "“\(revision)” is not a revision that can be understood. Name a branch, a tag or a commit; "
                    + "git help revisions shows the spellings.")
    }

    var notACommit: GitError {
        GitError(
            .notACommit, operation: operation,
            message: "“\(revision)” names a file or a directory, not a commit. Name a branch, a tag or a commit.")
    }

    var ambiguous: GitError {
        GitError(
            .ambiguousRevision, operation: operation,
            message: "“\(revision)” matches several objects. Write more digits of the commit's id.")
    }
}
