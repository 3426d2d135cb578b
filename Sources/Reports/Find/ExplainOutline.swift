import AllocBisectCore
import Benchmarks
import Git

/// What a document says of two commits that are explained, and in which order: decided here once, so that text and
/// markdown differ in nothing but their marks.
struct ExplainOutline {
    /// One part of it. A format switches over all of them.
    enum Section {
        /// The commit that is explained, and what it is compared with.
        case commits(Commit, before: Commit)
        /// A series that differs, with why.
        case series(CommitComparison.Difference)
        /// None of this many series differs.
        case equal(compared: Int)
        case notes([String])
    }

    /// The parts in order.
    let sections: [Section]

    /// The outline of a comparison.
    init(_ comparison: CommitComparison) {
        var sections = [Section.commits(comparison.after, before: comparison.before)]
        sections += comparison.series.map(Section.series)
        if comparison.series.isEmpty { sections.append(.equal(compared: comparison.compared)) }
        if !comparison.warnings.isEmpty { sections.append(.notes(comparison.warnings)) }
        self.sections = sections
    }
}

extension CommitComparison.Difference {
    /// Its values: `1 → 252.01`.
    var change: String { "\(metric.formatted(before)) → \(metric.formatted(after))" }
}
