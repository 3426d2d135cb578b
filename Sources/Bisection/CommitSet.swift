/// A set of commits of one graph, by index: one bit a commit.
public struct CommitSet: Sendable, Hashable {
    private var words: [UInt64]

    /// Creates an empty set for the commits of one graph.
    ///
    /// - Parameter capacity: one more than the highest index it can hold, the graph's `count`.
    public init(capacity: Int) {
        words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
    }

    /// Whether the commit at `index` is in the set. False for an index beyond its capacity.
    public func contains(_ index: Int) -> Bool {
        let word = index >> 6
        return word < words.count && words[word] & (1 << UInt64(index & 63)) != 0
    }

    /// Adds the commit at `index`, which must be within the capacity.
    public mutating func insert(_ index: Int) {
        words[index >> 6] |= 1 << UInt64(index & 63)
    }

    /// The number of commits in the set, in O(capacity / 64).
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Whether there is no commit in the set.
    public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// The commits of the set, ascending: parents before children.
    public var indices: [Int] {
        var result: [Int] = []
        result.reserveCapacity(count)
        for (position, var word) in words.enumerated() {
            while word != 0 {
                result.append(position << 6 | word.trailingZeroBitCount)
                word &= word - 1
            }
        }
        return result
    }
}
