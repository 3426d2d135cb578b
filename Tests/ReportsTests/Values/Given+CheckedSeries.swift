import Benchmarks

@testable import AllocBisectCore
@testable import Policy

extension Given {
    /// The possible outcomes of a series in a check, a case after the other.
    static let states: [CheckedSeries.State] = everyCase(from: .passed) {
        switch $0 {
        case .passed: .failed(reason: nil)
        case .failed: .warned(reason: nil)
        case .warned: .ignored(ignore("the parser is being rewritten"))
        case .ignored: .accepted(acceptance("levels are copied on purpose"))
        case .accepted: .new
        case .new: .unmeasurable(reason: "there is no value at head: the test binary does not build")
        case .unmeasurable: nil
        }
    }

    /// The shapes of a threshold as they are written, a case after the other, with what is written in more than one way.
    static let thresholds: [String] =
        everyCase(from: Threshold.Shape.rise(1)) {
            switch $0 {
            case .rise: .riseBy(fraction: 0.05)
            case .riseBy: .fallBy(fraction: 0.05)
            case .fallBy: .fall(1)
            case .fall: .riseOver(0.1)
            case .riseOver: .factor(3)
            case .factor: .above(100)
            case .above: .below(100)
            case .below: (try? MovingBaseline("3sigma")).map { .moving($0) }
            case .moving: nil
            }
        }.map { shape in
            switch shape {
            case .rise(let amount): "+\(amount.plain)"
            case .riseBy(let fraction): "+\((fraction * 100).plain)%"
            case .fallBy(let fraction): "-\((fraction * 100).plain)%"
            case .fall(let amount): "-\(amount.plain)"
            case .riseOver(let amount): ">+\(amount.plain)"
            case .factor(let factor): "x\(factor.plain)"
            case .above(let value): ">\(value.plain)"
            case .below(let value): "<\(value.plain)"
            case .moving(let baseline): baseline.description
            }
        } + ["x0.5", "-3sigma of the last 30, at least +1 and +5%", "x3 of the last 10"]

    static func checked(
        _ name: String, _ state: CheckedSeries.State, metric: Metric = .allocations, threshold text: String = "+5%"
    ) throws -> CheckedSeries {
        let threshold = try Threshold(text)
        let past = (0..<30).map { 12 + Double($0 % 3) }
        let bound = threshold.bound(good: 12.5, past: past, metric: metric, pair: .standard)
        return CheckedSeries(
            package: "example.com/demo/book", benchmark: Benchmark(package: "book", name: "Benchmark" + name),
            metric: metric, before: 12.5, after: 252.01, threshold: threshold, bound: bound, severity: .fail,
            state: state, place: .init(path: "book/book_test.go", line: 17),
            target: .init(package: "book", pattern: "^Benchmark\(name)$"))
    }

    /// A checked series of which all that a stranger may write is hostile.
    static func hostileSeries(_ state: CheckedSeries.State) throws -> CheckedSeries {
        var checked = try Given.checked("", state, metric: Metric(hostile("metric")))
        checked.package = hostile("package")
        checked.benchmark = Benchmark(package: hostile("folder"), name: hostile("benchmark/\(state.name)"))
        checked.place = .init(path: hostile("path"), line: 3)
        (checked.baseFailure, checked.conditionNote) = (hostile("failure"), hostile("note"))
        checked.condition = [checked.metric, Metric(hostile("other"))]
        return checked
    }

    /// A state with hostile words where there are any.
    static func hostile(_ state: CheckedSeries.State) -> CheckedSeries.State {
        switch state {
        case .passed, .new: state
        case .failed: .failed(reason: hostile("reason"))
        case .warned: .warned(reason: hostile("reason"))
        case .ignored: .ignored(ignore(hostile("reason")))
        case .accepted: .accepted(acceptance(hostile("reason"), commit: hostile("commit")))
        case .unmeasurable: .unmeasurable(reason: hostile("reason"))
        }
    }

    private static func ignore(_ reason: String) -> Ignore {
        Ignore(filter: SeriesFilter(), reason: reason, until: Day("2026-12-31")!, line: 4)
    }

    private static func acceptance(_ reason: String, commit: String = "0303030") -> Acceptance {
        Acceptance(commit: commit, filter: SeriesFilter(), reason: reason, line: 8)
    }
}

extension Double {
    fileprivate var plain: String { formatted(decimals: 2) }
}
