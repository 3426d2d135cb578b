/// Reads a regular expression in Go's syntax.
///
/// Source: the documentation of Go's package `regexp/syntax`. Of Unicode's classes it knows the general categories, not the
/// scripts.
struct ExpressionParser {
    let scalars: [Unicode.Scalar]
    var index = 0
    private(set) var flags = Flags()

    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotFitsLineBreak = false
    }

    /// The parser descends once for each level, and a pattern may come from whoever wrote a commit.
    private static let (mostLevels, mostBytes, mostRepeats) = (50, 2000, 1000)

    /// The expression that a text describes.
    static func read(_ text: String) throws(ExpressionError) -> ExpressionNode {
        guard text.utf8.count <= mostBytes else { throw ExpressionError("it is longer than \(mostBytes) bytes") }
        var parser = ExpressionParser(scalars: Array(text.unicodeScalars))
        let node = try parser.choice(level: 0)
        guard parser.index == parser.scalars.count else { throw ExpressionError("it closes a ')' that was not opened") }
        return node
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    /// Goes past a text if it comes next.
    mutating func pass(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard scalars[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    private func set(_ ranges: ClosedRange<UInt32>...) -> ExpressionNode {
        .scalar(ScalarSet(ranges: ranges, ignoresCase: flags.ignoresCase))
    }

    private func literal(_ scalar: Unicode.Scalar) -> ExpressionNode { set(scalar.value...scalar.value) }

    private mutating func choice(level: Int) throws(ExpressionError) -> ExpressionNode {
        guard level <= ExpressionParser.mostLevels else {
            throw ExpressionError("it is nested deeper than \(ExpressionParser.mostLevels) levels")
        }
        var parts = [try sequence(level: level)]
        while pass("|") { parts.append(try sequence(level: level)) }
        return parts.count == 1 ? parts[0] : .choice(parts)
    }

    private mutating func sequence(level: Int) throws(ExpressionError) -> ExpressionNode {
        var parts: [ExpressionNode] = []
        var isRepeated = false
        while let scalar = next, scalar != "|", scalar != ")" {
            guard let (minimum, most) = try repetition() else {
                isRepeated = false
                parts += try next(level: level)
                continue
            }
            guard !isRepeated, let last = parts.popLast() else {
                throw ExpressionError(
                    parts.isEmpty
                        ? "there is nothing before a '\(scalar)' to repeat"
                        : "a '\(scalar)' repeats what is already repeated")
            }
            parts.append(.repeated(last, minimum: minimum, most: most))
            isRepeated = true
        }
        return .sequence(parts)
    }

    /// Goes past `*`, `+`, `?`, or counts in braces; nil for anything else, which stands for itself.
    private mutating func repetition() throws(ExpressionError) -> (minimum: Int, most: Int?)? {
        let start = index
        let found: (Int, Int?)
        if pass("*") {
            found = (0, nil)
        } else if pass("+") {
            found = (1, nil)
        } else if pass("?") {
            found = (0, 1)
        } else if pass("{"), let counts = counts() {
            found = counts
        } else {
            index = start
            return nil
        }
        // Whether it prefers fewer makes no difference to whether it fits.
        _ = pass("?")
        guard found.0 <= ExpressionParser.mostRepeats, (found.1 ?? 0) <= ExpressionParser.mostRepeats,
            found.0 <= found.1 ?? .max
        else { throw ExpressionError("its counts in braces are out of range") }
        return found
    }

    /// The counts behind an opening brace, and the closing one.
    private mutating func counts() -> (Int, Int?)? {
        guard let minimum = number() else { return nil }
        if pass("}") { return (minimum, minimum) }
        guard pass(",") else { return nil }
        if pass("}") { return (minimum, nil) }
        guard let most = number(), pass("}") else { return nil }
        return (minimum, most)
    }

    private mutating func number() -> Int? {
        let digits = scalars[index...].prefix { ScalarSet.digit.contains($0) }
        guard !digits.isEmpty else { return nil }
        index += digits.count
        return digits.reduce(0) { min($0, 1 << 32) * 10 + Int($1.value - 48) }
    }

    /// The parts that come next: one, or each character of a quotation, or none where only flags are set.
    private mutating func next(level: Int) throws(ExpressionError) -> [ExpressionNode] {
        let scalar = scalars[index]
        index += 1
        switch scalar {
        case "(": return try group(level: level).map { [$0] } ?? []
        case "[": return [.scalar(try bracketed())]
        case ".": return [flags.dotFitsLineBreak ? set(0...0x10FFFF) : set(0...9, 11...0x10FFFF)]
        case "^": return [.place(flags.isMultiline ? .lineStart : .start)]
        case "$": return [.place(flags.isMultiline ? .lineEnd : .end)]
        case "\\": return pass("Q") ? quotation() : [try escape()]
        default: return [literal(scalar)]
        }
    }

    private mutating func quotation() -> [ExpressionNode] {
        var parts: [ExpressionNode] = []
        while let scalar = next, !pass("\\E") {
            parts.append(literal(scalar))
            index += 1
        }
        return parts
    }

    private mutating func group(level: Int) throws(ExpressionError) -> ExpressionNode? {
        let outer = flags
        if pass("?") {
            if pass("P<") || pass("<") {
                let name = scalars[index...].prefix { ScalarSet.word.contains($0) }
                index += name.count
                guard !name.isEmpty, pass(">") else { throw ExpressionError("a group has an invalid name") }
            } else if try !setFlags() {
                return nil
            }
        }
        let node = try choice(level: level + 1)
        guard pass(")") else { throw ExpressionError("it opens a '(' that is not closed") }
        flags = outer
        return node
    }

    /// Reads flags; says whether they hold for a group that begins here, and not for what follows.
    private mutating func setFlags() throws(ExpressionError) -> Bool {
        var value = true
        while let scalar = next {
            index += 1
            switch scalar {
            case "i": flags.ignoresCase = value
            case "m": flags.isMultiline = value
            case "s": flags.dotFitsLineBreak = value
            case "U": break
            case "-" where value: value = false
            case ":": return true
            case ")": return false
            default: throw ExpressionError("'(?…\(scalar)' is not a group Go supports")
            }
        }
        throw ExpressionError("it opens a '(' that is not closed")
    }

    private mutating func escape() throws(ExpressionError) -> ExpressionNode {
        if pass("A") { return .place(.start) }
        if pass("z") { return .place(.end) }
        if pass("b") { return .place(.wordBoundary) }
        if pass("B") { return .place(.noWordBoundary) }
        var set = try escapedSet()
        set.ignoresCase = flags.ignoresCase
        return .scalar(set)
    }

    /// What follows a backslash, in a class or outside.
    mutating func escapedSet() throws(ExpressionError) -> ScalarSet {
        guard let scalar = next else { throw ExpressionError("it ends with a backslash") }
        index += 1
        switch scalar {
        case "d", "D": return ScalarSet(ranges: ScalarSet.digit.ranges, isNegated: scalar == "D")
        case "s", "S": return ScalarSet(ranges: ScalarSet.space.ranges, isNegated: scalar == "S")
        case "w", "W": return ScalarSet(ranges: ScalarSet.word.ranges, isNegated: scalar == "W")
        case "p", "P": return ScalarSet(others: [try category(isNegated: scalar == "P")])
        default:
            let value = try escapedScalar(scalar)
            return ScalarSet(ranges: [value...value])
        }
    }

    private mutating func escapedScalar(_ scalar: Unicode.Scalar) throws(ExpressionError) -> UInt32 {
        let letters: [Unicode.Scalar: UInt32] = ["a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11]
        if let known = letters[scalar] { return known }
        if scalar == "x" {
            let isLong = pass("{")
            let digits = scalars[index...].prefix { $0.properties.isASCIIHexDigit }.prefix(isLong ? 8 : 2)
            index += digits.count
            var text = String.UnicodeScalarView()
            text.append(contentsOf: digits)
            if let value = UInt32(String(text), radix: 16), value <= 0x10FFFF, isLong ? pass("}") : digits.count == 2 {
                return value
            }
        } else if "01234567".unicodeScalars.contains(scalar) {
            let digits = scalars[index...].prefix { "01234567".unicodeScalars.contains($0) }.prefix(2)
            // Otherwise it would refer to a group.
            if scalar == "0" || digits.count == 2 {
                index += digits.count
                return digits.reduce(scalar.value - 48) { $0 * 8 + $1.value - 48 }
            }
        } else if scalar.isASCII, !ScalarSet.word.contains(scalar) || scalar == "_" {
            return scalar.value
        }
        throw ExpressionError("'\\\(scalar)' is not an escape Go supports")
    }

    private mutating func category(isNegated: Bool) throws(ExpressionError) -> ScalarSet.Category {
        var name = ""
        var isNegated = isNegated
        if pass("{") {
            if pass("^") { isNegated.toggle() }
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                index += 1
            }
            guard pass("}") else { throw ExpressionError("it opens a '{' that is not closed") }
        } else if let scalar = next {
            name.unicodeScalars.append(scalar)
            index += 1
        }
        guard Unicode.GeneralCategory.names.contains(name) else {
            throw ExpressionError("'\(name)' is not a Unicode category")
        }
        return ScalarSet.Category(name: name, isNegated: isNegated)
    }
}
