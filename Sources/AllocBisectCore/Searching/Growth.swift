import Benchmarks
import Bisection
import Git

/// How much of what a series grew by is accounted for: the steps that were found so far, and the level that each commit
/// is expected to have by them. A search asks for what differs from that.
///
/// ```
/// good end 12 -> step to 346 -> is the bad end at 346? no -> search for what is above 346 -> step to 4065 -> …
/// ```
struct Growth: Sendable {
    /// The steps, in the order in which they were found.
    var steps: [Step] = []
    /// What is expected at each commit; nil before the first step.
    var levels: StepLevels?
    /// What is searched; the threshold's own crossing before the first step.
    var question = Question()

    /// A place where a series leaves the level that is expected.
    struct Step: Sendable {
        let commit: ObjectID
        let kind: Kind
        /// Whether it leads back towards good.
        let isReversed: Bool
    }

    /// What is known of such a place.
    enum Kind: Sendable {
        /// The commit made it, as far as the doubts go.
        case culprit(doubts: [Doubt])
        /// Its own step is too small: the level was left little by little.
        case drift(objection: String)
        /// One of several made it, of which the last one is the first that can be measured.
        case oneOf([ObjectID])
    }

    /// Something that keeps a culprit from being confirmed.
    struct Doubt: Sendable {
        let text: String
        /// Whether it says that the culprit cannot be right; otherwise something is only not known.
        let isContradiction: Bool
    }

    /// What is searched: a commit whose value is not what is expected there.
    struct Question: Hashable, Sendable {
        /// The commit; nil for the bad end.
        var commit: ObjectID?
        /// Its value; nil for that of the bad end.
        var value: Double?
        /// Whether it is beyond its level on the side opposite to the threshold.
        var isReversed = false
    }

    /// How many steps of one series are searched at most, so that one that goes up and down at every commit ends, and how
    /// often it may be that no commit made them.
    static let (mostSteps, mostDrifts) = (32, 3)

    /// Whether enough steps were searched, although more may be left.
    var isExhausted: Bool {
        let drifts = steps.count { if case .drift = $0.kind { true } else { false } }
        return steps.count >= Growth.mostSteps || drifts >= Growth.mostDrifts
    }
}

extension Series {
    /// What turns the value of a commit into good or bad, by the level that is expected there.
    func criterion(at index: Int?) -> Criterion? { criterion(at: index, growth.question) }

    func criterion(at index: Int?, _ question: Growth.Question) -> Criterion? {
        guard let levels = growth.levels, let criterion, let good = criterion.good else { return criterion }
        let level = index.map(levels.level) ?? levels.base
        let bound = threshold.bound(
            good: level, metric: metric, pair: criterion.pair, isReversed: question.isReversed)
        return bound.map {
            Criterion(
                metric: metric, bound: metric.behavior == .growth ? $0.atLeast(0.05 * level, from: level) : $0,
                good: good.moved(to: level), bad: question.value ?? bad,
                badValues: criterion.badValues, pair: criterion.pair)
        }
    }

    /// Whether the search continues from a step: the threshold compares with a level, and values tell a step for
    /// certain.
    var isFollowed: Bool { threshold.isRelative && !isTimed && metric.behavior != .timed && criterion?.good != nil }
}

extension Bound {
    /// The bound, or one on the same side that lies so far from a level: what stays behind is known less well the more
    /// there is of it.
    fileprivate func atLeast(_ distance: Double, from level: Double) -> Bound {
        let distance = max(distance.magnitude, (value - level).magnitude)
        return Bound(side, isUpward ? level + distance : level - distance)
    }
}
