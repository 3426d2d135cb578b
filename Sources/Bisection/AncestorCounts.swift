/// Counts the ancestors of every commit of a sub-graph, exactly.
///
/// Bit-parallel: 512 counted commits get one bit each; one pass over the topological order ORs the words of the
/// parents into the children, and the bits set in a commit's word are its ancestors among those 512. That makes
/// counted · commits / 512 steps in all, however many merges there are.
struct AncestorCounts {
    private typealias Word = SIMD8<UInt64>
    private static let wordBits = 512

    /// The sub-graph's edges, by position among its commits; laid out as in `Topology`.
    private var offsets: [Int32] = [0]
    private var parents: [Int32] = []

    /// - Parameter commits: indices in the topology, ascending; edges to other commits are left out.
    init(topology: Topology, commits: [Int32]) {
        let last = commits.last.map(Int.init) ?? -1
        var positions = [Int32](repeating: -1, count: last + 1)
        for (position, commit) in commits.enumerated() { positions[Int(commit)] = Int32(position) }
        offsets.reserveCapacity(commits.count + 1)
        for commit in commits {
            for parent in topology.parents(of: Int(commit)) where positions[Int(parent)] >= 0 {
                parents.append(positions[Int(parent)])
            }
            offsets.append(Int32(parents.count))
        }
    }

    /// For each commit, the number of counted commits among its ancestors inside the sub-graph, itself included.
    ///
    /// - Parameter counted: one entry a commit.
    func counts(of counted: [Bool]) -> [Int32] {
        var result = [Int32](repeating: 0, count: counted.count)
        let numbered = counted.indices.filter { counted[$0] }
        result.withUnsafeMutableBufferPointer { result in
            withUnsafeTemporaryAllocation(of: Word.self, capacity: counted.count) { words in
                words.initialize(repeating: .zero)
                for first in stride(from: 0, to: numbered.count, by: Self.wordBits) {
                    let block = numbered[first..<min(first + Self.wordBits, numbered.count)]
                    addMergeCounts(of: block, words: words, to: result)
                }
            }
            // A commit with one parent has that parent's ancestors and itself: only merges need the bits counted.
            for position in 0..<counted.count {
                let edges = offsets[position]..<offsets[position + 1]
                if edges.count == 1 { result[position] = result[Int(parents[Int(edges.lowerBound)])] }
                if edges.count < 2 && counted[position] { result[position] += 1 }
            }
        }
        return result
    }

    /// One pass: adds to every merge the number of its ancestors in `block`.
    private func addMergeCounts(
        of block: ArraySlice<Int>, words: UnsafeMutableBufferPointer<Word>, to result: UnsafeMutableBufferPointer<Int32>
    ) {
        // Nothing before the block's first commit can have an ancestor in it.
        let start = block[block.startIndex]
        var nextCounted = block.startIndex
        block.withUnsafeBufferPointer { block in
            offsets.withUnsafeBufferPointer { offsets in
                parents.withUnsafeBufferPointer { parents in
                    nextCounted = 0
                    var position = start
                    while position < words.count {
                        let firstEdge = Int(offsets[position])
                        let endEdge = Int(offsets[position &+ 1])
                        var word = Word.zero
                        var edge = firstEdge
                        while edge < endEdge {
                            let parent = Int(parents[edge])
                            if parent >= start { word |= words[parent] }
                            edge &+= 1
                        }
                        if nextCounted < block.count, block[nextCounted] == position {
                            word[nextCounted >> 6] |= 1 &<< UInt64(truncatingIfNeeded: nextCounted & 63)
                            nextCounted &+= 1
                        }
                        words[position] = word
                        if endEdge &- firstEdge > 1 {
                            result[position] &+= Int32(truncatingIfNeeded: word.nonzeroBitCount.wrappedSum())
                        }
                        position &+= 1
                    }
                }
            }
        }
    }
}
