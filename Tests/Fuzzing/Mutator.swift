import Foundation
import TestSupport

/// Makes inputs from a corpus by damaging them; each is decided by the seed and its number alone.
struct Mutator {
    let seeds: [[UInt8]]
    /// Parts of the format that are worth being put in.
    let words: [[UInt8]]
    private static let limit = 1 << 16

    /// The input of a number: first the corpus as it is, then damaged.
    func input(_ number: Int, seed: Int) -> [UInt8] {
        if number < seeds.count { return seeds[number] }
        var random = SeededGenerator(seed: seed &* 1_000_003 &+ number)
        var bytes = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
        return bytes.count > Mutator.limit ? Array(bytes[..<Mutator.limit]) : bytes
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        // Mostly short.
        let length = min(bytes.count - place, 1 << Int.random(in: 0...(random.once(in: 4) ? 12 : 5), using: &random))
        let range = place..<place + length
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            for index in range where random.once(in: length) {
                bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
            }
        case 1: if place < bytes.count { bytes[place] = Mutator.bytes.randomElement(using: &random) ?? 0 }
        case 2: bytes.removeSubrange(range)
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place)
        case 5:
            // Deep nesting, long lists, long lines.
            let part = random.once(in: 2) ? Array(bytes[range]) : words.randomElement(using: &random) ?? []
            let times = 1 << Int.random(in: 1...12, using: &random)
            guard part.count * times < Mutator.limit else { return }
            bytes.insert(contentsOf: Array(repeating: part, count: times).joined(), at: place)
        case 6:
            let other = seeds.randomElement(using: &random) ?? []
            let start = Int.random(in: 0...other.count, using: &random)
            bytes.replaceSubrange(range, with: other[start..<min(other.count, start + 2 * length)])
        case 7: replaceNumber(in: &bytes, from: place, &random)
        case 8: bytes.replaceSubrange(range, with: range.map { _ in UInt8.random(in: 0...255, using: &random) })
        default: bytes.replaceSubrange(range, with: bytes[range].reversed())
        }
    }

    /// Puts another number in the place of the next one in a text.
    private func replaceNumber(in bytes: inout [UInt8], from place: Int, _ random: inout SeededGenerator) {
        func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: (Mutator.numbers.randomElement(using: &random) ?? "0").utf8)
    }

    private static let bytes: [UInt8] =
        [0, 1, 0x7f, 0x80, 0xff, 0xc3, 0xed, 0xf4] + "\n\r\t \"'\\/:,;=+-*&?#%[]{}()<>|^$.e".utf8

    private static let numbers = [
        "0", "-1", "1", "00", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "18446744073709551615", "1e308", "1e309", "-1e309", "1e-320", "nan", "inf", "-inf",
        "0x10",
        "999999999999999999999999", "1_000", "٣", "1000000000",
    ]
}
