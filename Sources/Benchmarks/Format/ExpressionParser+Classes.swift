extension ExpressionParser {
    private static let named: [String: [ClosedRange<UInt32>]] = [
        "alnum": [48...57, 65...90, 97...122], "alpha": [65...90, 97...122], "ascii": [0...127],
        "blank": [9...9, 32...32], "cntrl": [0...31, 127...127], "digit": ScalarSet.digit.ranges, "graph": [33...126],
        "lower": [97...122], "print": [32...126], "punct": [33...47, 58...64, 91...96, 123...126],
        "space": [9...13, 32...32], "upper": [65...90], "word": ScalarSet.word.ranges,
        "xdigit": [48...57, 65...70, 97...102],
    ]

    /// A class, behind its opening bracket.
    mutating func bracketed() throws(ExpressionError) -> ScalarSet {
        var set = ScalarSet(ignoresCase: flags.ignoresCase)
        set.isNegated = pass("^")
        var isFirst = true
        while isFirst || next != "]" {
            isFirst = false
            guard let scalar = next else { throw ExpressionError("it opens a '[' that is not closed") }
            if let named = try namedClass() {
                set.formUnion(named)
                continue
            }
            index += 1
            var low = ScalarSet(ranges: [scalar.value...scalar.value])
            if scalar == "\\" { low = try escapedSet() }
            set.formUnion(low)
            // A dash before the closing bracket stands for itself.
            guard low.others.isEmpty, !low.isNegated, low.ranges.count == 1, low.ranges[0].count == 1, next == "-",
                index + 1 < scalars.count, scalars[index + 1] != "]"
            else { continue }
            index += 1
            guard let end = next else { continue }
            index += 1
            let high = end == "\\" ? try escapedSet() : ScalarSet(ranges: [end.value...end.value])
            guard high.others.isEmpty, !high.isNegated, high.ranges.count == 1, high.ranges[0].count == 1,
                low.ranges[0].lowerBound <= high.ranges[0].lowerBound
            else { throw ExpressionError("a range in brackets ends before it begins") }
            set.ranges.append(low.ranges[0].lowerBound...high.ranges[0].lowerBound)
        }
        index += 1
        return set
    }

    /// A class such as `[:alpha:]` inside of brackets.
    private mutating func namedClass() throws(ExpressionError) -> ScalarSet? {
        guard pass("[:") else { return nil }
        let isNegated = pass("^")
        var name = ""
        while let scalar = next, scalar.isASCII, ScalarSet.word.contains(scalar) {
            name.unicodeScalars.append(scalar)
            index += 1
        }
        guard pass(":]"), let ranges = ExpressionParser.named[name] else {
            throw ExpressionError("'[:\(name)…' is not a character class")
        }
        return ScalarSet(ranges: ranges, isNegated: isNegated)
    }
}
