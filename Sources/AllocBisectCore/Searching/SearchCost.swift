import Benchmarks
import Git
import Measuring

/// What a search cost.
struct SearchCost {
    /// The commits that were measured now.
    private(set) var measured: Set<ObjectID> = []
    /// The commits that were answered from the cache.
    private(set) var reused: Set<ObjectID> = []
    /// How many commits can differ from their parents, for any searched target.
    var canDiffer = 0
    private let start = ContinuousClock.now

    mutating func count(_ reading: KnownMeasurement, at commit: ObjectID) {
        if reading.isNew { measured.insert(commit) } else if !measured.contains(commit) { reused.insert(commit) }
    }

    /// The seconds that a measured commit took so far, on average; nil before the first one.
    var secondsEach: Double? {
        let elapsed = ContinuousClock.now - start
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        return measured.isEmpty ? nil : seconds / Double(measured.count)
    }
}
