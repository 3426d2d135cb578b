import Bisection
import Git
import GoToolchain

/// How long the jobs of a search take, alone and beside each other, which decides how many are begun at once.
///
/// ```
/// begin, end -> seconds and how many were beside it -> Pace
/// ```
struct JobTimes {
    /// What one job took, and how many others were under way meanwhile, on average.
    private struct Sample {
        let seconds: Double
        let others: Double
    }

    /// When a job began, and what `others` was by then.
    private var running: [ObjectID: (seconds: Double, area: Double)] = [:]
    private var samples: [Sample] = []
    /// Those of the ends, which have more to build and to find out than any later one.
    private var ends: [Sample] = []
    /// The integral over time of the number of jobs under way, up to the last change of it.
    private var (area, last) = (0.0, 0.0)
    /// How much each job is expected to hold up another one before that was seen.
    private let expectedSlowdown: Double
    private let start = ContinuousClock.now

    /// - Parameter processors: The number of processors. A build keeps more than one busy.
    init(processors: Int) { expectedSlowdown = 1.2 / Double(max(1, processors)) }

    /// Notes that a job begins.
    ///
    /// - Parameter now: The time in seconds since any fixed one.
    mutating func begin(_ commit: ObjectID, at now: Double) {
        advance(to: now)
        running[commit] = (now, area)
    }

    /// Notes that a job has ended.
    mutating func end(_ commit: ObjectID, at now: Double, isEnd: Bool = false, isTypical: Bool = true) {
        advance(to: now)
        guard let (began, before) = running.removeValue(forKey: commit), now > began, isTypical else { return }
        let sample = Sample(seconds: now - began, others: (area - before) / (now - began) - 1)
        if isEnd { ends.append(sample) } else { samples.append(sample) }
    }

    /// Forgets the jobs that are under way, since they were given up.
    mutating func abandon() { running = [:] }

    private mutating func advance(to now: Double) {
        area += Double(running.count) * (now - last)
        last = now
    }

    /// The seconds since it was made.
    var now: Double { (ContinuousClock.now - start).seconds }

    /// How long jobs take now, as far as it is known.
    func pace(at now: Double) -> Pace {
        var pace = Pace(slowdown: slowdown)
        let others = Double(max(0, running.count - 1))
        guard let alone = mean((samples.isEmpty ? ends : samples).map { $0.seconds / (1 + pace.slowdown * $0.others) }),
            let began = running.values.map(\.seconds).max()
        else { return pace }
        // Nothing is over before it has ended.
        pace.rest = max(0.05, 1 + pace.slowdown * others - (now - began) / alone)
        return pace
    }

    /// How much longer a job takes for each other one beside it.
    private var slowdown: Double {
        let alone = samples.filter { $0.others < 0.5 }
        guard let seconds = mean(alone.map(\.seconds)) else { return expectedSlowdown }
        let beside = samples.filter { $0.others >= 0.5 }
        if let slowdown = slowdown(of: beside, seconds) {
            // What was expected counts as one job.
            let weight = Double(min(alone.count, beside.count))
            return (expectedSlowdown + weight * slowdown) / (1 + weight)
        }
        // The ends took longer for more than each other.
        return min(expectedSlowdown, slowdown(of: ends.filter { $0.others >= 0.5 }, seconds) ?? expectedSlowdown)
    }

    private func slowdown(of samples: [Sample], _ alone: Double) -> Double? {
        guard let seconds = mean(samples.map(\.seconds)), let others = mean(samples.map(\.others)) else { return nil }
        return max(0, (seconds / alone - 1) / others)
    }

    private func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
