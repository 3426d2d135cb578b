import AllocBisectCore

/// What a document says of a check, and in which order: decided here once, so that text and markdown differ in nothing
/// but their marks and the room they have.
struct CheckOutline {
    /// One part of it. A format switches over all of them.
    enum Section {
        /// What is compared, and how many series came to each state.
        case summary(Check)
        /// The benchmarks that have something to report, by their worst state.
        case states([(kind: CheckedSeries.State.Kind, benchmarks: [CheckedBenchmark])])
        case notes([String])
        case result(hasPassed: Bool)
        /// What a search of what fails found.
        case search(Verdict)
    }

    /// The parts in order.
    let sections: [Section]

    /// The outline of a check.
    init(_ check: Check) {
        var sections = [Section.summary(check)]
        let benchmarks = Dictionary(grouping: CheckedBenchmark.all(of: check), by: \.kind)
        let states = CheckedSeries.State.Kind.allCases.compactMap { kind in
            benchmarks[kind].map { (kind: kind, benchmarks: $0) }
        }
        if !states.isEmpty { sections.append(.states(states)) }
        if !check.warnings.isEmpty { sections.append(.notes(check.warnings)) }
        sections.append(.result(hasPassed: check.hasPassed))
        sections += check.searches.map(Section.search)
        self.sections = sections
    }
}
