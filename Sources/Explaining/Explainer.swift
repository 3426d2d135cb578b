import Benchmarks
package import Git
package import Measuring

/// Explains why series of one target differ between two commits, with runs that count for nothing else.
///
/// ```
/// Question -> profiles of both commits -> costs by line  \
///          -> the diff: which line became which           -> Explanation, one a series
///          -> escape analysis of both commits            /
///          -> the later commit with files of the earlier one, measured -> the kind of cause
/// ```
package struct Explainer: Sendable {
    let workshop: any Workshop
    /// The explanations.
    let store: ExplanationStore
    /// Whether CPU profiles are kept as well.
    package var wantsCPUProfile = false
    /// Whether a known explanation whose profiles are gone is made again.
    private var wantsProfiles = false

    /// An explainer that measures and keeps what a measurer does.
    package init(_ measurer: Measurer, wantsCPUProfile: Bool = false, wantsProfiles: Bool = false) {
        workshop = measurer
        store = ExplanationStore(cache: measurer.cache, recipe: measurer.recipe)
        self.wantsCPUProfile = wantsCPUProfile
        self.wantsProfiles = wantsProfiles
    }

    /// The explanations, in the order of the question's series; what was explained before is recalled.
    ///
    /// - Throws: When Go or git fails altogether, and on cancellation. What can only partly be explained has warnings.
    package func explain(_ question: Question) async throws -> [Explanation] {
        var known: [Subject: Explanation] = [:]
        for subject in question.series {
            let explanation = try store.recall(subject, question)
            known[subject] = wantsProfiles && explanation?.profiles == nil ? nil : explanation
        }
        let missing = question.series.filter { known[$0] == nil }
        if !missing.isEmpty {
            workshop.events(.explaining(commit: question.after.id))
            for (subject, explanation) in try await explained(missing, question) {
                try store.keep(explanation, of: subject, question)
                known[subject] = explanation
            }
        }
        // What depends on more than the two commits is not kept.
        var explanations = question.series.compactMap { subject in
            known[subject].map { explanation in
                var explanation = explanation
                explanation.parents = parents(of: subject, question)
                return explanation
            }
        }
        if wantsCPUProfile {
            let (profiles, warnings) = try await CPUProfileRuns(workshop: workshop, question: question)
                .keep(in: ProfileStore(state: workshop.state), CommitDiff(workshop, question))
            for index in explanations.indices {
                explanations[index].cpuProfiles = profiles
                explanations[index].warnings += warnings
            }
        }
        return explanations
    }

    /// Explains series again, each by what tells most of its metric.
    private func explained(
        _ series: [Subject], _ question: Question
    ) async throws -> [(Subject, Explanation)] {
        let diff = try CommitDiff(workshop, question)
        var explained: [(Subject, Explanation)] = []
        let (faults, counted) = (series.filter { $0.metric == .reports }, series.filter { $0.metric == .instructions })
        if !faults.isEmpty {
            let cause = try await CauseTrials(workshop: workshop, question: question, diff: diff).cause()
            explained += try faults.map { ($0, try explanation(ofReports: $0, question, cause, diff)) }
        }
        if !counted.isEmpty { explained += try await explanations(ofInstructions: counted, question, diff) }
        if explained.count == series.count { return explained }
        let inputs = try await inputs(question, diff)
        for subject in series where ![.reports, .instructions].contains(subject.metric) {
            var explanation = try explanation(of: subject, question, inputs, diff)
            if subject.metric == .allocations,
                question.measuredAfter.sample(subject.benchmark, .allocations)?.isGrowing == true
            {
                explanation.scaling = try await Scaling(workshop: workshop, question: question)
                    .points(of: subject)
            }
            explained.append((subject, explanation))
        }
        return explained
    }

    /// Takes the change back on another commit, and measures what is left.
    ///
    /// - Returns: Its result, in the order of the question's series.
    package func prove(_ question: Question, at bad: ObjectID) async throws -> [Explanation.Proof] {
        try await RevertTrial(workshop: workshop, question: question, bad: bad).proofs()
    }

    /// Runs and builds what it takes; what does not depend on one another side by side.
    private func inputs(_ question: Question, _ diff: CommitDiff) async throws -> ExplanationInputs {
        async let cause = CauseTrials(workshop: workshop, question: question, diff: diff).cause()
        let runtime = try await workshop.noTinyAllocatorRuntime()
        async let retainers = RetainerSearch(workshop: workshop, question: question, paths: diff.paths)
            .retainers(runtime)
        async let longRuns = LongRuns(workshop: workshop, question: question).sides()
        let profiles = try await ProfileRuns(workshop: workshop, question: question).whole(runtime)
        let sources = try diff.sources()
        var comparisons: [String: Comparison] = [:]
        for name in Set(question.series.map(\.benchmark)) {
            guard let before = profiles.before[name], let after = profiles.after[name] else { continue }
            comparisons[name] = Comparison(before: before, after: after, diff, sources)
        }
        let escapes = try await EscapeComparison(
            workshop, question, files: comparisons.values.flatMap(\.affectedFiles))
        return ExplanationInputs(
            comparisons: comparisons, profileFailures: profiles.failures, isApproximate: profiles.isApproximate,
            escapes: escapes, cause: try await cause, retainers: try await retainers, longRuns: try await longRuns,
            sources: sources)
    }
}
