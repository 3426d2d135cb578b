/// What one state of a series' search can use.
enum NextNeed {
    /// Nothing more.
    case finished
    /// These commits, whatever they show; ascending.
    case required([Int])
    /// Any commit that splits the candidates, the more evenly the better.
    case split(Split)

    /// - Parameter followsLeads: whether a lead comes before any split.
    init(range: CandidateRange?, topology: Topology, followsLeads: Bool) {
        guard let range, range.result == nil else {
            self = .finished
            return
        }
        if range.candidates.count == 1 {
            self = .required(range.openParents)
            return
        }
        if followsLeads && !range.lead.isEmpty {
            self = .required(range.lead)
            return
        }
        let total = range.canDiffer.reduce(0) { $0 + ($1 ? 1 : 0) }
        let bad = range.candidates.count - 1
        if total == 1 && range.canDiffer[bad] {
            // Nothing but the bad commit changed the inputs: if its parents are good, as they should be, that's all.
            let parents = range.openParents.filter { range.candidates.position(of: $0) != nil }
            if !parents.isEmpty {
                self = .required(parents)
                return
            }
        }
        let counts = AncestorCounts(topology: topology, commits: range.candidates)
        if total > 0 {
            let split = Split(range: range, weights: counts.counts(of: range.canDiffer), total: total)
            if !split.isUseless {
                self = .split(split)
                return
            }
            // A commit that can differ and that all others that can lead to: it is what should be bad.
            if let last = range.candidates.indices.first(where: { range.canDiffer[$0] && range.isOpen($0) }) {
                self = .required([Int(range.candidates[last])])
                return
            }
        }
        let everything = [Bool](repeating: true, count: range.candidates.count)
        self = .split(Split(range: range, weights: counts.counts(of: everything), total: everything.count))
    }
}
