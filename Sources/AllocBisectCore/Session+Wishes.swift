import Benchmarks
import Bisection
import Git

/// A commit that a search would like to have measured.
struct Wish {
    var commit: ObjectID
    var targets: [Measurement.Target]
    var purpose: String
    /// Rounds that a measurement must have in any case.
    var rounds: Int
    /// Whether what another commit with equal inputs gave is not enough.
    var isOfItself = false
}

extension Session {
    /// The commits that are wanted next: those that shrink the open searches most, then those that confirm.
    func wishes(limit: Int, inFlight: Set<ObjectID>) throws -> [Wish] {
        var wishes =
            Measurer.isOver(deadline)
            ? [] : request.wantsAll ? exhaustiveWishes() : bisectingWishes(limit: limit, inFlight: inFlight)
        wishes.removeAll { inFlight.contains($0.commit) }
        if wishes.count < limit {
            for wish in confirmingWishes() where !inFlight.contains(wish.commit) {
                if let same = wishes.firstIndex(where: { $0.commit == wish.commit }) {
                    wishes[same].targets = Array(Set(wishes[same].targets + wish.targets)).sorted()
                    wishes[same].rounds = max(wishes[same].rounds, wish.rounds)
                    wishes[same].isOfItself = true
                } else {
                    wishes.append(wish)
                }
            }
        }
        return Array(wishes.prefix(limit))
    }

    /// The searches that have no result yet.
    var openSearches: [Search] {
        zip(searches, results(of: searches.map(\.bisector))).filter { $1 == nil }.map(\.0)
    }

    private func bisectingWishes(limit: Int, inFlight: Set<ObjectID>) -> [Wish] {
        let open = openSearches
        let leads = Set(open.flatMap(\.bisector.lead))
        return nextMeasurements(of: open.map(\.bisector), limit: limit, inFlight: inFlight).map { commit in
            let targets = Set(open.filter { $0.bisector.wants(commit) }.map(\.target)).sorted()
            let purpose = leads.contains(commit) ? "since the profiles point here" : "to halve the range"
            return Wish(commit: commit, targets: targets, purpose: purpose, rounds: 1)
        }
    }

    /// Every commit that has no evaluation yet, for those who want every crossing.
    private func exhaustiveWishes() -> [Wish] {
        plan.graph.ids.lazy.compactMap { commit in
            let targets = Set(searches.filter { $0.bisector.evaluation(of: commit) == nil }.map(\.target)).sorted()
            return targets.isEmpty
                ? nil : Wish(commit: commit, targets: targets, purpose: "to see every crossing", rounds: 1)
        }.prefix(request.measuring.jobs * 2).map { $0 }
    }

    /// What is still to be measured at that very commit, twice: each culprit and its parents.
    private func confirmingWishes() -> [Wish] {
        var wishes: [ObjectID: Wish] = [:]
        for search in searches {
            for culprit in culprits(of: search) {
                for commit in [culprit] + plan.parents(of: culprit) where !isConfirmed(search.target, at: commit) {
                    let wish = Wish(
                        commit: commit, targets: [], purpose: "to confirm \(culprit.short)", rounds: 2, isOfItself: true
                    )
                    wishes[commit, default: wish].targets.append(search.target)
                }
            }
        }
        return wishes.values.sorted { $0.commit < $1.commit }
    }

    /// Whether a target was measured often enough at that very commit for it to be named, or cannot be.
    func isConfirmed(_ target: Measurement.Target, at commit: ObjectID) -> Bool {
        guard let own = readings.own(target, at: commit)?.measurement else { return false }
        return own.rounds.count >= 2 || own.hasFailed
    }

    /// The commits that a search names by now; several only when every crossing is wanted.
    func culprits(of search: Search) -> [ObjectID] {
        if request.wantsAll { return crossings(of: search).filter { $0.count == 1 }.map { $0[0] } }
        guard case .found(let culprit) = search.bisector.result else { return [] }
        return [culprit]
    }

    /// Every crossing of a search by what is known, each as the commits of which one is the culprit.
    func crossings(of search: Search) -> [[ObjectID]] {
        plan.graph.crossings { search.bisector.evaluation(of: plan.graph.ids[$0]) }.map(\.culprits)
    }

    /// Whether what is known settles a wish.
    func isEnough(_ reading: KnownMeasurement, _ wish: Wish) -> Bool {
        let measurement = reading.measurement
        return measurement.hasFailed
            || measurement.rounds.count >= rounds(for: measurement.target, least: wish.rounds)(measurement)
    }

    /// A wish as an order to the measurer.
    func order(_ wish: Wish, _ targets: [Measurement.Target]) -> Measurer.Order {
        var wanted: [Measurement.Target: @Sendable (Measurement) -> Int] = [:]
        for target in targets { wanted[target] = rounds(for: target, least: wish.rounds) }
        let rounds = wanted
        return Measurer.Order(commit: wish.commit, targets: targets, purpose: wish.purpose) { measurement in
            rounds[measurement.target]?(measurement) ?? wish.rounds
        }
    }

    /// How many rounds a measurement of a target needs: as many as its series want to be decided.
    private func rounds(for target: Measurement.Target, least: Int) -> @Sendable (Measurement) -> Int {
        let least = max(least, request.measuring.rounds)
        let open = searches.filter { $0.target == target }.flatMap(\.series).map { series[$0] }
        return { measurement in
            open.reduce(least) { most, series in
                if case .needs(let rounds) = series.evaluation(measurement) { max(most, rounds) } else { most }
            }
        }
    }
}
