/// The tokens of a Go file: https://go.dev/ref/spec#Lexical_elements
struct GoTokens {
    enum Token {
        /// A keyword, a name or a number.
        case word(Range<Int>)
        /// What is between the quotes of a string or a rune.
        case text(Range<Int>)
        /// A byte of an operator or of punctuation.
        case sign(UInt8)
    }

    private let source: [UInt8]
    /// Where the next token is looked for.
    private(set) var place = 0

    init(_ source: [UInt8]) { self.source = source }

    mutating func next() -> Token? {
        while place < source.count {
            let byte = source[place]
            if byte.isOfGoWord {
                var rest = place..<source.count
                guard let word = GoTokens.word(in: source, &rest) else { return nil }
                place = word.upperBound
                return .word(word)
            }
            place += 1
            switch (byte, place < source.count ? source[place] : 0) {
            case (UInt8(ascii: "/"), UInt8(ascii: "/")): skip(to: "\n")
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                place += 1
                skip(to: "*/")
            case (UInt8(ascii: "`"), _):
                let start = place
                skip(to: "`")
                return .text(start..<max(start, place - 1))
            case (UInt8(ascii: "\""), _), (UInt8(ascii: "'"), _): return .text(quoted(by: byte))
            case (0...UInt8(ascii: " "), _): break
            default: return .sign(byte)
            }
        }
        return nil
    }

    /// The word that begins first in a part of a source, which is left behind it.
    static func word(in source: [UInt8], _ part: inout Range<Int>) -> Range<Int>? {
        guard let start = part.first(where: { source[$0].isOfGoWord }) else { return nil }
        let end = (start..<part.upperBound).first { !source[$0].isOfGoWord } ?? part.upperBound
        part = end..<part.upperBound
        return start..<end
    }

    private mutating func skip(to end: StaticString) {
        let length = end.utf8CodeUnitCount
        while place < source.count {
            if source[place] == end.utf8Start[0], length == 1 || source[place...].dropFirst().first == end.utf8Start[1]
            {
                place += length
                return
            }
            place += 1
        }
    }

    /// The inside of a string or a rune that has begun; neither goes on in the next line.
    private mutating func quoted(by quote: UInt8) -> Range<Int> {
        let start = place
        while place < source.count, source[place] != quote, source[place] != UInt8(ascii: "\n") {
            place += source[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        place = min(place, source.count)
        let end = place
        if place < source.count { place += 1 }
        return start..<end
    }
}

extension UInt8 {
    /// Whether the byte can belong to a name: a letter, a digit, or a part of what is not ASCII.
    var isOfGoWord: Bool {
        self >= 0x80 || self == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
