import Benchmarks
import Git
import GoToolchain
import MeasurementCache
import Pprof

/// Explains why series of one target differ between two commits, with runs that count for nothing else.
///
/// ```
/// Question -> profiles of both commits -> costs by line  \
///          -> the diff: which line became which           -> Explanation, one a series
///          -> escape analysis of both commits            /
///          -> the later commit with files of the earlier one, measured -> the kind of cause
/// ```
struct Explainer: Sendable {
    let measurer: Measurer
    /// Whether CPU profiles are kept as well.
    var wantsCPUProfile = false

    /// Two commits, and the series of one target that differ between them.
    struct Question: Sendable {
        let before, after: Commit
        let target: Measurement.Target
        let importPath: String
        /// What was measured at each.
        let measuredBefore, measuredAfter: Measurement
        /// The files that decide the measurement; nil when they are not known.
        let inputs: Inputs?
        /// What was measured at each parent of the later commit.
        let parents: [ObjectID: Measurement]
        let series: [Subject]
    }

    /// A series, with its values at both commits.
    struct Subject: Sendable, Hashable {
        let benchmark: String
        let metric: Metric
        let before, after: Double
        var difference: Double { after - before }
    }

    /// What was found out for all series of a question.
    struct ExplanationInputs {
        /// What profiles say, by benchmark; none for one that did not run to its end with profiling on.
        let comparisons: [String: Comparison]
        /// Why some benchmarks have no profile, as sentences; and whether small objects may stand at another line.
        let profileFailures: [String]
        let isApproximate: Bool
        let escapes: (before: Escapes, after: Escapes)
        let cause: Cause
        let holders: Holders
        let sources: SourceTexts
    }

    /// The explanations, in the order of the question's series; what was explained before is recalled.
    ///
    /// - Throws: When Go or git fails altogether, and on cancellation. What can only partly be explained has warnings.
    func explain(_ question: Question) async throws -> [Explanation] {
        var known: [Subject: Explanation] = [:]
        for subject in question.series { known[subject] = try recall(subject, question) }
        let missing = question.series.filter { known[$0] == nil }
        if !missing.isEmpty {
            measurer.events(.explaining(commit: question.after.id))
            let context = try CommitDiff(measurer, question)
            let findings = try await findings(question, context)
            for subject in missing {
                var explanation = try explanation(of: subject, question, findings, context)
                if subject.metric == .allocations,
                    question.measuredAfter.sample(subject.benchmark, .allocations)?.isGrowing == true
                {
                    explanation.scaling = try await scaling(subject, question)
                }
                try keep(explanation, of: subject, question)
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
            let (profiles, warnings) = try await cpuProfiles(question)
            for index in explanations.indices {
                explanations[index].cpuProfiles = profiles
                explanations[index].warnings += warnings
            }
        }
        return explanations
    }

    /// Runs and builds what it takes; what does not depend on one another side by side.
    private func findings(_ question: Question, _ context: CommitDiff) async throws -> ExplanationInputs {
        async let cause = cause(question, context)
        let runtime = try await noTinyAllocatorRuntime()
        async let holders = holders(question, context, runtime)
        let evidences = try await profiles(question, runtime)
        let sources = try context.sources()
        var comparisons: [String: Comparison] = [:]
        for name in Set(question.series.map(\.benchmark)) {
            guard let before = evidences.before[name], let after = evidences.after[name] else { continue }
            comparisons[name] = Comparison(before: before, after: after, context, sources)
        }
        let escapes = try await escapes(in: comparisons.values.flatMap(\.affectedFiles), question)
        return ExplanationInputs(
            comparisons: comparisons, profileFailures: evidences.failures, isApproximate: evidences.isApproximate,
            escapes: escapes, cause: try await cause, holders: try await holders, sources: sources)
    }
}
