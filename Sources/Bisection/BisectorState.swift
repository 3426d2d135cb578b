/// What makes two bisectors over the same graph interchangeable.
struct BisectorState: Hashable {
    let evaluations: [Int: Evaluation]
    let prior: CulpritPrior

    /// Hashes the evaluations only: the prior is long, mostly shared, and then equal at a glance.
    func hash(into hasher: inout Hasher) { hasher.combine(evaluations) }
}

/// The positions of the bisectors that are in the same state, groups and members in their given order.
func groupsInEqualState<ID>(_ bisectors: [Bisector<ID>]) -> [[Int]] {
    var numbers: [BisectorState: Int] = [:]
    var groups: [[Int]] = []
    for (position, bisector) in bisectors.enumerated() {
        let state = BisectorState(evaluations: bisector.evaluations, prior: bisector.prior)
        if let number = numbers[state] {
            groups[number].append(position)
        } else {
            numbers[state] = groups.count
            groups.append([position])
        }
    }
    return groups
}
