import Bisection
import Git
import GoToolchain

/// How long the jobs of a search take that build something, alone and beside each other, which decides how many are begun
/// at once.
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
    /// The commits whose next job has nothing to build, and does not tell how long those take that have.
    private var built: Set<ObjectID>
    /// The integral over time of the number of jobs under way, up to the last change of it.
    private var (area, last) = (0.0, 0.0)
    /// How much each job is expected to hold up another one before that was seen.
    private let expectedSlowdown: Double
    private let start = ContinuousClock.now

    /// - Parameters:
    ///   - processors: The number of processors. A build keeps 1.3 of them busy, so that as many builds as there are
    ///     processors take 1.3 times as long as one alone.
    ///   - built: The commits that are built already.
    init(processors: Int, built: Set<ObjectID>) {
        expectedSlowdown = processors > 1 ? 0.3 / Double(processors - 1) : 1.2
        self.built = built
    }

    /// Notes that a job begins.
    ///
    /// - Parameter now: The time in seconds since any fixed one.
    mutating func begin(_ commit: ObjectID, at now: Double) {
        advance(to: now)
        running[commit] = (now, area)
    }

    /// Notes that a job has ended.
    mutating func end(_ commit: ObjectID, at now: Double) {
        advance(to: now)
        guard let (began, before) = running.removeValue(forKey: commit), now > began, built.insert(commit).inserted
        else { return }
        samples.append(Sample(seconds: now - began, others: (area - before) / (now - began) - 1))
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
        guard let alone = mean(samples.map { $0.seconds / (1 + pace.slowdown * $0.others) }),
            let began = running.values.map(\.seconds).max()
        else { return pace }
        // Nothing is over before it has ended.
        pace.rest = max(0.05, 1 + pace.slowdown * others - (now - began) / alone)
        return pace
    }

    /// How much longer a job takes for each other one beside it.
    private var slowdown: Double {
        let (alone, beside) = (samples.filter { $0.others < 0.5 }, samples.filter { $0.others >= 0.5 })
        guard let one = mean(alone.map(\.seconds)), let several = mean(beside.map(\.seconds)),
            let others = mean(beside.map(\.others))
        else { return expectedSlowdown }
        // What was expected counts as one job.
        let weight = Double(min(alone.count, beside.count))
        return (expectedSlowdown + weight * max(0, (several / one - 1) / others)) / (1 + weight)
    }

    private func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
