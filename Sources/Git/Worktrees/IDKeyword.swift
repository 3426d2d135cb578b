import CGit2

/// Replaces `$Id$` by `$Id: 0123… $` with the id of the content, and the other way round.
///
/// Git has two ways of doing the former, which differ for malformed keywords: one for contents that it has whole in memory, and
/// one for those that it passes on piece by piece.
enum IDKeyword {
    /// The way for whole contents: the id is of this content.
    static func expandWhole(_ content: [UInt8]) throws(GitError) -> [UInt8] {
        guard count(content[...]) > 0 else { return content }
        var oid = git_oid()
        try checked("computing an id") { git_odb_hash(&oid, content, content.count, GIT_OBJECT_BLOB) }
        let keyword = Array("Id: \(ObjectID(oid)) $".utf8)
        var expanded: [UInt8] = []
        var rest = content[...]
        while let dollar = rest.firstIndex(of: sign) {
            expanded += rest[...dollar]
            rest = rest[(dollar + 1)...]
            guard rest.count >= 3, rest.starts(with: name) else { continue }
            let after = rest.startIndex + 2
            if rest[after] == sign {
                rest = rest[(after + 1)...]
            } else if rest[after] == colon {
                guard let end = rest[(after + 1)...].firstIndex(of: sign) else { break }
                if rest[(after + 1)..<end].contains(newline) { continue }
                // Spaces inside are of another version control's.
                if after + 2 < end, let space = rest[(after + 2)..<end].firstIndex(of: blank), space < end - 1 {
                    continue
                }
                rest = rest[(end + 1)...]
            } else {
                continue
            }
            expanded += keyword
        }
        return expanded + rest
    }

    /// The way for contents in pieces: the id is the one that the tree has.
    ///
    /// Follows `ident_filter_fn` in git's `convert.c` with what it holds back, since that decides what malformed keywords
    /// become.
    static func expand(_ content: [UInt8], _ id: ObjectID) -> [UInt8] {
        // The zero byte at the end takes part in git's comparison.
        let head: [UInt8] = [sign] + name + [0]
        let keyword = Array(": \(id) $".utf8)
        var expanded: [UInt8] = []
        var held: [UInt8] = []
        var matched = 0
        var isSkipping = false
        for byte in content {
            if isSkipping {
                held.append(byte)
                guard byte == newline || byte == sign else { continue }
                if byte == sign, !isForeign(held) { held = head[..<3] + keyword }
                isSkipping = false
            } else if matched < head.count, head[matched] == byte {
                matched += 1
                continue
            } else {
                held += head[..<matched]
                let isKeyword = matched == 3
                matched = 0
                if isKeyword, byte == sign {
                    held += keyword
                } else {
                    held.append(byte)
                    isSkipping = isKeyword && byte == colon
                    if isKeyword { continue }
                }
            }
            expanded += held
            held = []
        }
        return expanded + held + head[..<matched]
    }

    /// Takes the ids out: `$Id: 0123… $` becomes `$Id$`.
    static func collapse(_ content: [UInt8]) -> [UInt8] {
        var collapsed: [UInt8] = []
        var rest = content[...]
        while let dollar = rest.firstIndex(of: sign) {
            collapsed += rest[...dollar]
            rest = rest[(dollar + 1)...]
            guard rest.count > 3, rest.starts(with: name + [colon]) else { continue }
            let inside = rest.dropFirst(3)
            guard let end = inside.firstIndex(of: sign) else { break }
            if inside[..<end].contains(newline) { continue }
            collapsed += name + [sign]
            rest = rest[(end + 1)...]
        }
        return collapsed + rest
    }

    private static let (sign, colon, blank, newline) = (
        UInt8(ascii: "$"), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\n")
    )
    private static let name = Array("Id".utf8)

    /// Whether a keyword is of another version control's: it has white space inside.
    private static func isForeign(_ text: [UInt8]) -> Bool {
        let start = Array("$Id: ".utf8)
        let rest = text.prefix { $0 != 0 }.dropFirst(start.count)
        return text.starts(with: start)
            && rest.indices.contains { position in
                ([32] + Array(9...13)).contains(rest[position])
                    && (position + 1 == rest.endIndex || rest[position + 1] != sign)
            }
    }

    private static func count(_ content: ArraySlice<UInt8>) -> Int {
        var count = 0
        var rest = content
        while let dollar = rest.firstIndex(of: sign) {
            rest = rest[(dollar + 1)...]
            guard rest.count >= 3 else { break }
            guard rest.starts(with: name) else { continue }
            let byte = rest[rest.startIndex + 2]
            rest = rest.dropFirst(3)
            if byte == sign { count += 1 }
            guard byte == colon, let end = rest.firstIndex(where: { $0 == sign || $0 == newline }) else { continue }
            if rest[end] == sign { count += 1 }
            rest = rest[(end + 1)...]
        }
        return count
    }
}
