/// Finds out how many iterations a benchmark's runs should have, from a few short runs.
///
/// What counts is the wall clock, untimed parts included, and what one more iteration adds to it: setting up may take
/// long as well, but takes no longer with more iterations.
public struct Calibration: Sendable {
    private var runs: [Run] = []
    private let purpose: Purpose
    private let kind: FunctionKind

    private struct Run {
        let iterations: Int
        let seconds: Double
        /// Whether iterations that the benchmark timed take most of it.
        let isTimed: Bool
        let shortest: Double
    }

    /// What the runs are to tell.
    public enum Purpose: Sendable {
        /// What is counted, of which few iterations tell as much as many.
        case counts
        /// Times: each benchmark lasts at least a tenth of a second at N2, as far as the run takes no longer than about a
        /// second by that.
        case times
        /// Instructions: each benchmark has some fifty million of them, as far as the run takes no longer than about a
        /// second by that, being counted.
        case instructions

        /// How long each benchmark lasts at least; nil where that makes no difference.
        fileprivate var seconds: Double? {
            switch self {
            case .counts: nil
            case .times: 0.15
            case .instructions: 0.02
            }
        }

        /// How many times as long as in these runs it takes in those to come.
        fileprivate var slowness: Double { self == .instructions ? 30 : 1 }
    }

    /// Nothing was run yet.
    ///
    /// - Parameter kind: What is run: a test runs few times, however quick it is.
    public init(of kind: FunctionKind = .benchmark, for purpose: Purpose = .counts) {
        (self.kind, self.purpose) = (kind, purpose)
    }

    /// Takes what a run of `next` iterations took.
    ///
    /// - Parameters:
    ///   - seconds: Of all benchmarks of the run, by the wall clock.
    ///   - timed: Seconds that the benchmarks timed by themselves, `ns/op` times the iterations.
    ///   - shortest: The seconds of the benchmark that took the least, by its own clock; nil for all of `timed`.
    public mutating func add(iterations: Int, seconds: Double, timed: Double, shortest: Double? = nil) {
        runs.append(
            Run(
                iterations: iterations, seconds: seconds, isTimed: timed >= seconds / 2, shortest: shortest ?? timed))
    }

    /// The iterations to run next; nil when enough is known.
    ///
    /// A first iteration is slower than the rest, so that ten decide where that takes no more than two seconds.
    public var next: Int? {
        if kind == .test { return runs.isEmpty ? IterationPair.ofTests.short : nil }
        guard let last = runs.last else { return 1 }
        if fitting == .standard {
            // A hundredth of a second tells how long an iteration takes.
            let isTold = last.shortest >= 0.01 || secondsEach * Double(last.iterations) >= 0.1
            return purpose.seconds != nil && !isTold && last.iterations < 10_000_000 ? last.iterations * 10 : nil
        }
        switch last.iterations {
        case 1 where last.seconds * 10 <= 2: return 10
        case 1: return last.isTimed ? nil : 2
        case 2: return [100, 10].first { secondsEach * Double($0) <= 2 }
        case 10: return !last.isTimed && secondsEach * 100 <= 4 ? 100 : nil
        default:
            // What a busy machine adds to a run must not pass for iterations where few of them do not tell.
            let more = last.iterations * 10
            return purpose.seconds != nil && !last.isTimed && secondsEach * Double(more) <= 4 ? more : nil
        }
    }

    /// The pair that fits what is known.
    public var pair: IterationPair {
        if kind == .test { return .forTests(taking: secondsEach) }
        guard let seconds = purpose.seconds, fitting == .standard, let last = runs.last else { return fitting }
        return .lasting(
            seconds, each: last.shortest / Double(last.iterations), wall: secondsEach * purpose.slowness)
    }

    private var fitting: IterationPair { .fitting(secondsEach * purpose.slowness) }

    /// What one more iteration takes.
    private var secondsEach: Double {
        guard let last = runs.last else { return 0 }
        guard !last.isTimed, let before = runs.dropLast().last else { return last.seconds / Double(last.iterations) }
        return max(0, (last.seconds - before.seconds) / Double(last.iterations - before.iterations))
    }
}
