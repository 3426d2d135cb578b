/// The edges of a commit graph without its ids, so that the hot loops are compiled once and not per id type.
///
/// Compressed rows: the parents of commit `i` are `parents[offsets[i]..<offsets[i + 1]]`, each below `i`.
/// A class, so that thousands of bisectors share one copy.
final class Topology: Sendable {
    let offsets: [Int32]
    let parents: [Int32]
    let outside: CommitSet

    /// - Precondition: `offsets` starts with 0, has one entry more than there are commits and ends with
    ///   `parents.count`; every parent's index is below its child's.
    init(offsets: [Int32], parents: [Int32], outside: CommitSet) {
        self.offsets = offsets
        self.parents = parents
        self.outside = outside
    }

    var count: Int { offsets.count - 1 }

    func parents(of index: Int) -> ArraySlice<Int32> {
        parents[Int(offsets[index])..<Int(offsets[index + 1])]
    }

    /// Marks the ancestors of every commit whose `bit` is set in `flags`, walking down from `start`.
    ///
    /// - Parameters:
    ///   - flags: one byte a commit; a commit's own bits are handed to all its ancestors.
    ///   - start: the highest index that has a bit.
    func spreadToAncestors(_ flags: inout [UInt8], from start: Int) {
        flags.withUnsafeMutableBufferPointer { flags in
            parents.withUnsafeBufferPointer { parents in
                offsets.withUnsafeBufferPointer { offsets in
                    var index = start
                    while index >= 0 {
                        let own = flags[index]
                        if own != 0 {
                            for edge in Int(offsets[index])..<Int(offsets[index &+ 1]) {
                                flags[Int(parents[edge])] |= own
                            }
                        }
                        index &-= 1
                    }
                }
            }
        }
    }
}
