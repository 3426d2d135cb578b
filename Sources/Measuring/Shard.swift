/// One of several equal parts of some work, which as many machines do without a word between them: each deals out the same
/// list, and does what falls to it.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// Which part it is, from 1 on.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// Reads a text such as `3/8`, the third of eight parts; nil for what is none.
    public init?(_ text: String) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let number = numbers[0], let count = numbers[1], number >= 1, number <= count else {
            return nil
        }
        (self.number, self.count) = (number, count)
    }

    /// Whether what stands at a position of the list, from 0 on, falls to it.
    package func has(_ position: Int) -> Bool { position % count == number - 1 }

    public var description: String { "\(number)/\(count)" }
}
