/// A part of a regular expression.
indirect enum ExpressionNode: Sendable {
    /// One scalar of a set.
    case scalar(ScalarSet)
    /// A place, without a scalar.
    case place(Place)
    /// One part after the other; nothing at all without parts.
    case sequence([ExpressionNode])
    /// Any one of the parts.
    case choice([ExpressionNode])
    /// A part several times in a row; nil for any number above the least.
    case repeated(ExpressionNode, minimum: Int, most: Int?)

    enum Place: Sendable {
        case start, end, lineStart, lineEnd, wordBoundary, noWordBoundary
    }
}

/// A set of Unicode scalars, as a class of a regular expression describes it.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var others: [Category] = []
    /// Whether it is what is not described.
    var isNegated = false
    /// Whether letters stand for both their cases.
    var ignoresCase = false

    /// The general categories whose names begin with a text, or all others.
    struct Category: Sendable {
        var name: String
        var isNegated: Bool
    }

    static let digit = ScalarSet(ranges: [48...57])
    static let space = ScalarSet(ranges: [9...10, 12...13, 32...32])
    static let word = ScalarSet(ranges: [48...57, 65...90, 95...95, 97...122])

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isDescribed =
            describes(scalar)
            || ignoresCase
                && [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].contains {
                    $0.unicodeScalars.count == 1 && $0.unicodeScalars.first.map(describes) == true
                }
        return isDescribed != isNegated
    }

    private func describes(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) }
            || others.contains { category in
                scalar.properties.generalCategory.name.hasPrefix(category.name) != category.isNegated
            }
    }

    /// Adds another set, which is not negated or has ranges alone.
    mutating func formUnion(_ other: ScalarSet) {
        ranges += other.isNegated ? other.complement : other.ranges
        others += other.others
    }

    private var complement: [ClosedRange<UInt32>] {
        var (gaps, next): ([ClosedRange<UInt32>], UInt32) = ([], 0)
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = max(next, range.upperBound + 1)
        }
        return next <= 0x10FFFF ? gaps + [next...0x10FFFF] : gaps
    }
}

extension Unicode.GeneralCategory {
    /// The name in the Unicode standard, such as `Lu`.
    var name: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }

    static let names: Set<String> = [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe",
        "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
    ]
}
