/// What one state of a series' search can use.
enum NextNeed {
    /// Nothing more: the search is at its end.
    case finished
    /// These commits, whatever they show; ascending.
    case required([Int])
    /// Any commit that splits the candidates, the more evenly the better.
    case split(Split)

    init(range: CandidateRange?, topology: Topology) {
        guard let range, range.result == nil else {
            self = .finished
            return
        }
        if range.candidates.count == 1 {
            self = .required(range.openParents)
            return
        }
        let total = range.weights.reduce(0, +)
        if total > 0, range.weights.last == total {
            // Nothing but the bad commit changed the inputs: if its parents are good, as they should be, that's all.
            let parents = range.openParents.filter { range.candidates.position(of: $0) != nil }
            if !parents.isEmpty {
                self = .required(parents)
                return
            }
        }
        if total > 0 {
            let split = range.split(weights: range.weights, topology)
            if !split.isUseless {
                self = .split(split)
                return
            }
            // A commit that can differ and that all others that can lead to: it is what should be bad.
            if let last = range.candidates.indices.first(where: { range.weights[$0] > 0 && range.isOpen($0) }) {
                self = .required([Int(range.candidates[last])])
                return
            }
        }
        self = .split(range.split(weights: range.candidates.map { _ in 1 }, topology))
    }
}

extension CandidateRange {
    /// How the open candidates split some weights of all of them.
    fileprivate func split(weights: [Int], _ topology: Topology) -> Split {
        var all = [Int](repeating: 0, count: topology.count)
        for (commit, weight) in zip(candidates, weights) { all[Int(commit)] = weight }
        var confirming = all
        for (commit, weight) in zip(candidates, weights) where weight > 0 {
            for parent in topology.parents(of: Int(commit)) { confirming[Int(parent)] += weight }
        }
        let positions = candidates.indices
        return Split(
            commits: positions.filter(isOpen).map { candidates[$0] },
            masses: AncestorMass(topology: topology, weights: all).masses, total: weights.reduce(0, +),
            skipped: positions.filter { skipped[$0] }.map { candidates[$0] }, confirming: confirming)
    }
}
