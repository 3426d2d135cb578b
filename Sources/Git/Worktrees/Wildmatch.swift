/// Matches patterns with `*`, `?`, `**` and `[…]` in the way of git, down to what it makes of malformed ones.
struct Wildmatch {
    private enum Outcome { case match, noMatch, abortAll, abortToStars }

    /// Both end in a zero byte.
    private let pattern: [UInt8]
    private let text: [UInt8]
    /// Whether a slash is matched by nothing but itself and `**`.
    private let isPath: Bool
    private let ignoresCase: Bool

    /// Whether a whole text fits a pattern.
    static func matches(
        _ text: some Sequence<UInt8>, _ pattern: some Sequence<UInt8>, isPath: Bool, ignoresCase: Bool
    ) -> Bool {
        Wildmatch(pattern: pattern + [0], text: text + [0], isPath: isPath, ignoresCase: ignoresCase).match(0, 0)
            == .match
    }

    private func folded(_ byte: UInt8) -> UInt8 {
        ignoresCase && (65...90).contains(byte) ? byte + 32 : byte
    }

    private func match(_ patternStart: Int, _ textStart: Int) -> Outcome {
        var p = patternStart
        var t = textStart
        while pattern[p] != 0 {
            let star = UInt8(ascii: "*")
            if text[t] == 0, pattern[p] != star { return .abortAll }
            switch pattern[p] {
            case star:
                return matchStar(p, t)
            case UInt8(ascii: "?"):
                if isPath, text[t] == UInt8(ascii: "/") { return .noMatch }
            case UInt8(ascii: "["):
                guard let end = matchSet(&p, text[t]) else { return .abortAll }
                if !end || isPath && text[t] == UInt8(ascii: "/") { return .noMatch }
            default:
                if pattern[p] == UInt8(ascii: "\\") { p += 1 }
                if folded(text[t]) != folded(pattern[p]) { return .noMatch }
                if pattern[p] == 0 { return .noMatch }
            }
            p += 1
            t += 1
        }
        return text[t] == 0 ? .match : .noMatch
    }

    private func matchStar(_ patternStart: Int, _ textStart: Int) -> Outcome {
        let (slash, star) = (UInt8(ascii: "/"), UInt8(ascii: "*"))
        var p = patternStart + 1
        var t = textStart
        var crossesSlashes = !isPath
        if pattern[p] == star {
            let isAtStart = patternStart == 0 || pattern[patternStart - 1] == slash
            while pattern[p] == star { p += 1 }
            let isAtEnd =
                pattern[p] == 0 || pattern[p] == slash
                || pattern[p] == UInt8(ascii: "\\") && pattern[p + 1] == slash
            if isPath, isAtStart, isAtEnd {
                if pattern[p] == slash, match(p + 1, t) == .match { return .match }
                crossesSlashes = true
            }
        }
        if pattern[p] == 0 { return !crossesSlashes && text[t...].contains(slash) ? .noMatch : .match }
        if !crossesSlashes, pattern[p] == slash {
            guard let next = text[t...].firstIndex(of: slash) else { return .noMatch }
            return match(p + 1, next + 1)
        }
        while text[t] != 0 {
            if !Wildmatch.isSpecial(pattern[p]) {
                while text[t] != 0, crossesSlashes || text[t] != slash, folded(text[t]) != folded(pattern[p]) { t += 1 }
                if folded(text[t]) != folded(pattern[p]) { return .noMatch }
            }
            let outcome = match(p, t)
            if outcome != .noMatch {
                if !crossesSlashes || outcome != .abortToStars { return outcome }
            } else if !crossesSlashes, text[t] == slash {
                return .abortToStars
            }
            t += 1
        }
        return .abortAll
    }

    /// Whether a byte has a meaning of its own in patterns.
    static func isSpecial(_ byte: UInt8) -> Bool { [0x2a, 0x3f, 0x5b, 0x5c].contains(byte) }

    /// Matches the set at `p`, and moves `p` to its end; `nil` if it has none.
    private func matchSet(_ p: inout Int, _ raw: UInt8) -> Bool? {
        let byte = folded(raw)
        p += 1
        let isNegated = pattern[p] == UInt8(ascii: "!") || pattern[p] == UInt8(ascii: "^")
        if isNegated { p += 1 }
        var matched = false
        var previous: UInt8 = 0
        repeat {
            var current = pattern[p]
            if current == 0 { return nil }
            if current == UInt8(ascii: "\\") {
                p += 1
                current = pattern[p]
                if current == 0 { return nil }
                if byte == current { matched = true }
            } else if current == UInt8(ascii: "-"), previous != 0, pattern[p + 1] != 0,
                pattern[p + 1] != UInt8(ascii: "]")
            {
                p += 1
                if pattern[p] == UInt8(ascii: "\\") { p += 1 }
                if pattern[p] == 0 { return nil }
                if (previous...max(previous, pattern[p])).contains(byte), byte <= pattern[p] { matched = true }
                if ignoresCase, (97...122).contains(byte), byte - 32 >= previous, byte - 32 <= pattern[p] {
                    matched = true
                }
                current = 0
            } else if current == UInt8(ascii: "["), pattern[p + 1] == UInt8(ascii: ":") {
                let start = p + 2
                guard let end = pattern[start...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
                if end > start, pattern[end - 1] == UInt8(ascii: ":") {
                    let name = String(decoding: pattern[start..<(end - 1)], as: UTF8.self)
                    guard let isMember = Wildmatch.classes[name] else { return nil }
                    if isMember(byte) || ignoresCase && name == "upper" && (97...122).contains(byte) { matched = true }
                    p = end
                    current = 0
                } else if byte == current {
                    matched = true
                }
            } else if byte == current {
                matched = true
            }
            previous = current
            p += 1
        } while pattern[p] != UInt8(ascii: "]")
        return matched != isNegated
    }

    private static let classes: [String: @Sendable (UInt8) -> Bool] = [
        "alnum": { isLetter($0) || isDigit($0) }, "alpha": { isLetter($0) }, "blank": { $0 == 32 || $0 == 9 },
        "cntrl": { $0 < 32 || $0 == 127 }, "digit": { isDigit($0) }, "graph": { (33...126).contains($0) },
        "lower": { (97...122).contains($0) }, "print": { (32...126).contains($0) },
        "punct": { (33...126).contains($0) && !isLetter($0) && !isDigit($0) },
        "space": { $0 == 32 || (9...13).contains($0) }, "upper": { (65...90).contains($0) },
        "xdigit": { isDigit($0) || (65...70).contains($0) || (97...102).contains($0) },
    ]

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
