/// Gives sub-benchmarks whose names change from run to run names that stay: what changes in them stands as `*`.
///
/// Such names have a time, a random number, or a pointer in them. Two runs of one binary show it.
public struct SteadyNames: Sendable {
    /// The results of the run at N1, with names that stay.
    public private(set) var short: [BenchmarkResult]
    /// The results of the run at N2, with names that stay.
    public private(set) var long: [BenchmarkResult]
    /// Names that change in a way that tells nothing of which is which; their results are left out.
    public private(set) var unmatched: [String] = []

    /// Compares the names of two runs of one binary.
    ///
    /// - Parameters:
    ///   - short: The run at N1; none when there was only one.
    ///   - now: The seconds since 1970 at which they ran. Both may run within one second, and have that in their names.
    public init(short: [BenchmarkResult], long: [BenchmarkResult], now: Double) {
        self.short = short.map { $0.named(SteadyNames.withoutMoments($0.name, now)) }
        self.long = long.map { $0.named(SteadyNames.withoutMoments($0.name, now)) }
        let (before, after) = (Set(self.short.map(\.name)), Set(self.long.map(\.name)))
        let gone = self.short.map(\.name).filter { !after.contains($0) }
        let new = self.long.map(\.name).filter { !before.contains($0) }
        // One that failed in one of the runs has the same name in the next.
        if !short.isEmpty && !gone.isEmpty && !new.isEmpty { match(gone, new) }
        self.short = SteadyNames.numbered(self.short)
        self.long = SteadyNames.numbered(self.long)
    }

    /// Whether a name that stays stands for another one, as it was printed.
    public static func matches(_ steady: String, _ name: String) -> Bool {
        let (pattern, other) = (parts(steady), parts(name))
        return steady.utf8.contains(UInt8(ascii: "*")) && pattern.count == other.count
            && zip(pattern, other).allSatisfy { $0 == $1 || $0.utf8.contains(UInt8(ascii: "*")) }
    }

    /// Pairs names of the same shape in their order, and then what is left if that is the same number.
    private mutating func match(_ gone: [String], _ new: [String]) {
        var names: [String: String] = [:]
        func pair(_ left: [String], _ right: [String]) {
            guard left.count == right.count else { return }
            for (one, other) in zip(left, right) {
                guard let steady = SteadyNames.merged(one, other) else { continue }
                names[one] = steady
                names[other] = steady
            }
        }
        let right = Dictionary(grouping: new, by: SteadyNames.shape)
        for (shape, left) in Dictionary(grouping: gone, by: SteadyNames.shape) { pair(left, right[shape] ?? []) }
        pair(gone.filter { names[$0] == nil }, new.filter { names[$0] == nil })
        unmatched = (gone + new).filter { names[$0] == nil }
        let left = Set(unmatched)
        short = short.filter { !left.contains($0.name) }.map { $0.named(names[$0.name] ?? $0.name) }
        long = long.filter { !left.contains($0.name) }.map { $0.named(names[$0.name] ?? $0.name) }
    }

    /// Tells several of one name apart by their order, as Go does.
    private static func numbered(_ results: [BenchmarkResult]) -> [BenchmarkResult] {
        var counts: [String: Int] = [:]
        return results.map { result in
            let count = counts[result.name, default: 0]
            counts[result.name] = count + 1
            guard count > 0, result.name.utf8.contains(UInt8(ascii: "*")) else { return result }
            return result.named("\(result.name)#\(count < 10 ? "0" : "")\(count)")
        }
    }

    /// A name's parts between slashes.
    private static func parts(_ name: String) -> [Substring] {
        name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Substring.init)
    }

    /// The words of a part, and what stands between them.
    private static func words(_ part: Substring) -> [Substring] {
        var words: [Substring] = []
        var rest = part.utf8[...]
        while let first = rest.first {
            let isWord = SteadyNames.isWord(first)
            let word = rest.prefix { SteadyNames.isWord($0) == isWord }
            words.append(Substring(word))
            rest = rest.dropFirst(word.count)
        }
        return words
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func hasDigit(_ word: Substring) -> Bool { word.utf8.contains(where: isDigit) }

    /// A name with every word that has a digit left out.
    private static func shape(_ name: String) -> String {
        parts(name).map { words($0).map { hasDigit($0) ? "*" : String($0) }.joined() }.joined(separator: "/")
    }

    /// What two names have in common. In a part that differs, all numbers may: the hour changes less often than the second.
    private static func merged(_ one: String, _ other: String) -> String? {
        let (left, right) = (parts(one), parts(other))
        guard left.count == right.count, left.first == right.first else { return nil }
        return zip(left, right).map { left, right in
            if left == right { return String(left) }
            let (own, others) = (words(left), words(right))
            guard own.count == others.count else { return "*" }
            return zip(own, others).map { $0 == $1 && !hasDigit($0) ? String($0) : "*" }.joined()
        }.joined(separator: "/")
    }

    /// A name without pointers and moments of the run, which may be the same in both runs and differ tomorrow.
    private static func withoutMoments(_ name: String, _ now: Double) -> String {
        var all = parts(name)
        for index in all.indices.dropFirst() {
            let words = words(all[index])
            let isMoment = words.indices.contains { place in
                isPointer(words[place]) || isTimestamp(words[place], now)
                    || (place + 4 < words.count && words[place + 1] == ":" && words[place + 3] == ":"
                        && [0, 2, 4].allSatisfy { words[place + $0].utf8.prefix(2).count { isDigit($0) } == 2 })
            }
            guard isMoment else { continue }
            all[index] = Substring(words.map { hasDigit($0) ? "*" : String($0) }.joined())
        }
        return all.joined(separator: "/")
    }

    /// Whether a word is an address, which has more digits than other numbers.
    private static func isPointer(_ word: Substring) -> Bool {
        word.hasPrefix("0x") && word.utf8.count >= 11 && UInt64(word.dropFirst(2), radix: 16) != nil
    }

    /// Whether a number is a time of the last or next day, in seconds or finer.
    private static func isTimestamp(_ word: Substring, _ now: Double) -> Bool {
        guard let scale = [10: 1.0, 13: 1e3, 16: 1e6, 19: 1e9][word.utf8.count], let number = Double(word) else {
            return false
        }
        return (number / scale - now).magnitude < 86_400
    }
}

extension BenchmarkResult {
    /// The same result under another name.
    fileprivate func named(_ name: String) -> BenchmarkResult {
        BenchmarkResult(name: name, iterations: iterations, values: values)
    }
}
