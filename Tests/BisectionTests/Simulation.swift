import Bisection
import TestSupport
import Testing

/// A search driven to its end against a known truth.
struct Simulation {
    let history: History
    var bisector: Bisector<Int>
    /// The indices asked for, in order; the tip, marked beforehand, is not among them.
    var questions: [Int] = []
    let truth: (Int) -> Evaluation

    init(
        _ history: History, canDiffer: [Bool]? = nil, changes: [Int]? = nil, leads: [Int: Double] = [:],
        truth: @escaping (Int) -> Evaluation
    ) {
        self.history = history
        self.truth = truth
        bisector = Bisector(graph: history.graph, canDiffer: canDiffer, changes: changes)
        bisector.follow(Dictionary(uniqueKeysWithValues: leads.map { ($0 + 1000, $1) }))
        bisector.mark(history.tip, .bad)
    }

    /// Asks `nextStep()` until it is finished; the result is in indices.
    mutating func run() throws -> BisectionResult<Int> {
        while true {
            switch bisector.nextStep() {
            case .finished(let result):
                #expect(bisector.result == result)
                return result.map { $0 - 1000 }
            case .measure(let commits):
                #expect(bisector.result == nil)
                try answer(commits)
            }
        }
    }

    /// Keeps up to `limit` commits in flight, as many as pay at a pace, and answers a random one of them at a time.
    mutating func run(
        limit: Int, slowdown: Double = 0, using generator: inout SeededGenerator
    ) throws -> BisectionResult<Int> {
        var inFlight: [Int] = []
        while true {
            let next = nextMeasurements(
                of: [bisector], limit: limit - inFlight.count, inFlight: Set(inFlight), pace: Pace(slowdown: slowdown))
            #expect(Set(next).isDisjoint(with: inFlight) && next.count <= limit - inFlight.count)
            #expect(next.allSatisfy { bisector.evaluation(of: $0) == nil })
            inFlight += next
            if let result = bisector.result { return result.map { $0 - 1000 } }
            try #require(!inFlight.isEmpty, "nothing in flight and not finished")
            let position = Int.random(in: 0..<inFlight.count, using: &generator)
            try answer([inFlight.remove(at: position)])
        }
    }

    /// How long a search takes, in units of its shortest measurement when nothing holds that up.
    ///
    /// - Parameter range: How much longer the longest measurement takes; 0 where all take equally long.
    mutating func time(limit: Int, slowdown: Double, varying range: Double = 0) throws -> Double {
        var time = 0.0
        // Each with the work that is left of it.
        var inFlight: [(commit: Int, work: Double)] = []
        while bisector.result == nil {
            let each = { (count: Int) in 1 + slowdown * Double(count - 1) }
            if inFlight.count < limit {
                let rest = inFlight.map { $0.work * each(inFlight.count) }.max() ?? 1
                let next = nextMeasurements(
                    of: [bisector], limit: limit - inFlight.count, inFlight: Set(inFlight.map(\.commit)),
                    pace: Pace(slowdown: slowdown, rest: max(rest, 0.05)))
                inFlight += next.map { ($0, 1 + range * Double($0 * 7 % 11) / 10) }
            }
            let first = try #require(inFlight.indices.min { inFlight[$0].work < inFlight[$1].work })
            let work = inFlight[first].work
            time += work * each(inFlight.count)
            for position in inFlight.indices { inFlight[position].work -= work }
            try answer([inFlight.remove(at: first).commit])
        }
        return time
    }

    private mutating func answer(_ commits: [Int]) throws {
        try #require(!commits.isEmpty)
        for commit in commits {
            try #require(bisector.evaluation(of: commit) == nil, "asked twice for \(commit)")
            questions.append(commit - 1000)
            bisector.mark(commit, truth(commit - 1000))
        }
    }

    /// The evaluations by index.
    var evaluations: [Int: Evaluation] {
        (0..<history.count).reduce(into: [:]) { $0[$1] = bisector.evaluation(of: 1000 + $1) }
    }
}
