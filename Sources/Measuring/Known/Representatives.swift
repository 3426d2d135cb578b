import Git

/// Whose measurement speaks for the commits of a search that have none of their own. Of each commit it keeps four bytes,
/// since there may be a hundred thousand of them for each of thousands of benchmarks.
struct Representatives {
    /// The number of the commit that was measured, by position; 0 for none.
    private var numbers: [UInt32]
    private var sources: [ObjectID] = []
    private var known: [ObjectID: UInt32] = [:]

    /// Nobody speaks for one of this many commits yet.
    init(count: Int) { numbers = Array(repeating: 0, count: count) }

    /// The commit whose measurement speaks for the one at a position.
    subscript(position: Int) -> ObjectID? {
        get { numbers[position] == 0 ? nil : sources[Int(numbers[position]) - 1] }
        set { numbers[position] = newValue.map { number(of: $0) } ?? 0 }
    }

    private mutating func number(of source: ObjectID) -> UInt32 {
        if let number = known[source] { return number }
        sources.append(source)
        known[source] = UInt32(sources.count)
        return UInt32(sources.count)
    }
}
