/// Sums a weight over the ancestors of every commit, exactly.
///
/// Bit-parallel: 512 weighted commits get one bit each, and one pass over the topological order ORs the parents' words.
/// A sum is that of the heaviest parent, and the weights of the bits that the others add: few, since a merge brings few
/// commits that its heaviest parent does not have. A pass ends where all that follows has every bit, which in most
/// histories is soon. The weights are whole numbers, so that sums which should be equal are.
struct AncestorMass {
    private typealias Word = SIMD8<UInt64>
    private static let wordBits = 512

    /// For each commit, the summed weight of its ancestors, itself included.
    let masses: [Int]

    /// - Parameter weights: one a commit; those that are 0 cost nothing.
    init(topology: Topology, weights: [Int]) {
        let count = topology.count
        let weighted = weights.indices.filter { weights[$0] > 0 }
        let reach = Reach(topology)
        var masses = [Int](repeating: 0, count: count)
        // For each commit, what all commits from it on have besides.
        var common = [Int](repeating: 0, count: count + 1)
        withUnsafeTemporaryAllocation(of: Word.self, capacity: count) { words in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: count) { sums in
                for first in stride(from: 0, to: weighted.count, by: Self.wordBits) {
                    let block = weighted[first..<min(first + Self.wordBits, weighted.count)]
                    let start = block[block.startIndex]
                    let total = block.reduce(0) { $0 + weights[$1] }
                    let end = Self.pass(block, weights, total, topology, reach, words, sums)
                    for index in start..<end { masses[index] += sums[index] }
                    common[end] += total
                }
            }
        }
        var sum = 0
        for index in 0..<count {
            sum += common[index]
            masses[index] += sum
        }
        self.masses = masses
    }

    /// Computes the sums of the weights in `block`, from the block's first commit on.
    ///
    /// - Returns: the commit from which onward all have the whole block.
    private static func pass(
        _ block: ArraySlice<Int>, _ weights: [Int], _ total: Int, _ topology: Topology, _ reach: Reach,
        _ words: UnsafeMutableBufferPointer<Word>, _ sums: UnsafeMutableBufferPointer<Int>
    ) -> Int {
        // Nothing before the block's first commit can have an ancestor in it.
        let start = block[block.startIndex]
        let blockWeights = block.map { weights[$0] }
        let full = word(ofFirst: block.count)
        var next = 0
        // The last commit known to have a parent without the whole block.
        var last = max(reach.lastRoot, reach.lastChildBefore[start])
        for index in start..<words.count {
            if next == blockWeights.count, index > last { return index }
            var heaviest: Int?
            let parents = topology.parents(of: index)
            for parent in parents where parent >= start {
                if let other = heaviest, sums[other] >= sums[Int(parent)] { continue }
                heaviest = Int(parent)
            }
            // The word of a commit that has the whole block is not written.
            if let heaviest, sums[heaviest] >= total {
                sums[index] = total
                continue
            }
            var word = heaviest.map { words[$0] } ?? .zero
            var sum = heaviest.map { sums[$0] } ?? 0
            for parent in parents where parents.count > 1 && parent >= start {
                let added = words[Int(parent)] & ~word
                guard added != .zero else { continue }
                sum += Self.sum(of: blockWeights, at: added)
                word |= added
            }
            if next < blockWeights.count, block[block.startIndex + next] == index {
                word[next >> 6] |= 1 &<< UInt64(truncatingIfNeeded: next & 63)
                sum += blockWeights[next]
                next += 1
            }
            words[index] = word
            sums[index] = word == full ? total : sum
            if word != full { last = max(last, reach.lastChild[index]) }
        }
        return words.count
    }

    /// A word with its first bits set.
    private static func word(ofFirst count: Int) -> Word {
        var word = Word.zero
        for bit in 0..<count { word[bit >> 6] |= 1 &<< UInt64(truncatingIfNeeded: bit & 63) }
        return word
    }

    /// The sum of the weights whose bits are set.
    private static func sum(of weights: [Int], at bits: Word) -> Int {
        var sum = 0
        for lane in 0..<Word.scalarCount {
            var word = bits[lane]
            while word != 0 {
                sum += weights[lane << 6 | word.trailingZeroBitCount]
                word &= word - 1
            }
        }
        return sum
    }
}

/// How far the commits of a graph reach with their children.
private struct Reach {
    /// For each commit, its last child; itself when it has none.
    private(set) var lastChild: [Int]
    /// For each commit, the last child of those before it.
    private(set) var lastChildBefore: [Int] = []
    /// The last commit without parents in the graph.
    private(set) var lastRoot = 0

    init(_ topology: Topology) {
        lastChild = Array(0..<topology.count)
        for index in 0..<topology.count {
            for parent in topology.parents(of: index) { lastChild[Int(parent)] = index }
            if topology.parents(of: index).isEmpty { lastRoot = index }
        }
        lastChildBefore.reserveCapacity(topology.count)
        var last = 0
        for index in 0..<topology.count {
            lastChildBefore.append(last)
            last = max(last, lastChild[index])
        }
    }
}
