/// The commits, in groups whose members no run has distinguished.
///
/// After runs of m commits there are usually about m + 1 groups, however many commits there are.
struct CommitGroups: Sendable {
    /// For each commit, the number of its group.
    private(set) var group: [Int32]
    /// For each group, one of its members.
    private(set) var representatives: [Int]

    /// All commits in one group.
    ///
    /// - Precondition: there is a commit.
    init(count: Int) {
        group = [Int32](repeating: 0, count: count)
        representatives = [0]
    }

    /// Divides each group that has members inside a set and outside of it; O(commits).
    ///
    /// - Returns: for each new group, in order, the group it comes from.
    mutating func split(by set: CommitSet) -> [Int] {
        let isInside = representatives.map(set.contains)
        var sources: [Int] = []
        var parts: [Int32: Int32] = [:]
        for index in group.indices where set.contains(index) != isInside[Int(group[index])] {
            if let part = parts[group[index]] {
                group[index] = part
                continue
            }
            let part = Int32(representatives.count)
            representatives.append(index)
            sources.append(Int(group[index]))
            parts[group[index]] = part
            group[index] = part
        }
        return sources
    }
}
