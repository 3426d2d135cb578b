/// A revision range as the user writes it: `good..bad`.
///
/// ```swift
/// let range = try RevisionRange("v1.2.0..HEAD")
/// range.good  // "v1.2.0"
/// ```
public struct RevisionRange: Sendable, Hashable, CustomStringConvertible {
    /// The revision that is known to be good.
    public let good: String
    /// The revision that is known to be bad.
    public let bad: String

    /// Takes a range apart at its two dots, as gitrevisions(7) describes it. A side that is left out is `HEAD`, and a single
    /// revision is the good end of what leads to `HEAD`.
    ///
    /// Dots inside the braces of `HEAD^{/a..b}` belong to the revision.
    ///
    /// - Throws: `GitError` with the code `invalidRange` if neither end is named, if they are joined by three dots,
    ///   or if one of them could be taken for an option.
    public init(_ text: String) throws(GitError) {
        let text = trimmed(text[...])
        guard let dots = RevisionRange.dots(in: text) else {
            if text.isEmpty {
                throw RevisionRange.refused("The revision range is empty. Write GOOD..BAD, for example v1.2.0..HEAD.")
            }
            try RevisionRange.refuseOption(text, in: text)
            guard !["HEAD", "@"].contains(text) else {
                throw RevisionRange.refused(
                    "“\(text)” is the current commit, and nothing comes after it. Write GOOD..HEAD to search from a good "
                        + "commit to the current one.")
            }
            (good, bad) = (text, "HEAD")
            return
        }
        let good = trimmed(text[..<dots.lowerBound])
        let bad = trimmed(text[dots.upperBound...])
        if text.utf8.count == text.utf8.filter({ $0 == UInt8(ascii: ".") }).count {
            throw RevisionRange.refused(
                "“\(text)” names neither end of the range. Write GOOD..BAD, for example v1.2.0..HEAD.")
        }
        if bad.hasPrefix(".") {
            let end = trimmed(bad.drop { $0 == "." })
            throw RevisionRange.refused(
                "“\(text)” has more than two dots between its ends. A range is everything reachable from the bad end "
                    + "and not from the good one: write \(good)..\(end).")
        }
        if RevisionRange.dots(in: bad) != nil {
            throw RevisionRange.refused("“\(text)” has more than two ends. Write GOOD..BAD, with one revision each.")
        }
        for end in [good, bad] { try RevisionRange.refuseOption(end, in: text) }
        self.good = good.isEmpty ? "HEAD" : good
        self.bad = bad.isEmpty ? "HEAD" : bad
    }

    /// Both ends with two dots between them.
    public var description: String { "\(good)..\(bad)" }

    /// Whether a text has two ends, rather than being a single revision.
    public static func isRange(_ text: String) -> Bool { dots(in: text) != nil }

    private static func refuseOption(_ end: String, in text: String) throws(GitError) {
        guard end.hasPrefix("-") else { return }
        throw refused("“\(end)” in “\(text)” begins with a dash, which no revision does. Write GOOD..BAD.")
    }

    /// Where the first two dots outside of `^{…}` and `@{…}` are.
    private static func dots(in text: String) -> Range<String.Index>? {
        let bytes = text.utf8
        var depth = 0
        var previous: UInt8 = 0
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            let next = bytes.index(after: position)
            switch byte {
            case UInt8(ascii: "{") where depth > 0 || previous == UInt8(ascii: "^") || previous == UInt8(ascii: "@"):
                depth += 1
            case UInt8(ascii: "}") where depth > 0:
                depth -= 1
            case UInt8(ascii: ".") where depth == 0 && next < bytes.endIndex && bytes[next] == byte:
                return position..<bytes.index(after: next)
            default:
                break
            }
            previous = byte
            position = next
        }
        return nil
    }

    private static func refused(_ message: String) -> GitError {
        GitError(.invalidRange, operation: "reading the revision range", message: message)
    }
}

/// A revision range, with everything that its names stand for.
public struct ResolvedRange: Sendable, Hashable {
    /// The commit that `good` names.
    public let good: ObjectID
    /// The commit that `bad` names.
    public let bad: ObjectID
    /// Where the histories of the two ends met last; set only when `good` is not an ancestor of `bad`.
    ///
    /// It equals `bad` when the ends were swapped: `bad` is then an ancestor of `good`, and there are no candidates.
    public let mergeBase: ObjectID?
    /// The candidates: reachable from `bad` and not from `good`, in topological order, parents before children.
    ///
    /// The last one is `bad` itself. Empty when `bad` is `good`, or an ancestor of it.
    public let commits: [CommitNode]

    /// Makes a range from its parts.
    public init(good: ObjectID, bad: ObjectID, mergeBase: ObjectID?, commits: [CommitNode]) {
        self.good = good
        self.bad = bad
        self.mergeBase = mergeBase
        self.commits = commits
    }
}
