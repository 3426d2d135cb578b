/// What was found out for all series of a question.
struct ExplanationInputs {
    /// What profiles say, by benchmark; none for one that did not run to its end with profiling on.
    let comparisons: [String: Comparison]
    /// Why some benchmarks have no profile, as sentences; and whether small objects may stand at another line.
    let profileFailures: [String]
    let isApproximate: Bool
    let escapes: EscapeComparison
    let cause: Cause
    let retainers: RetainerSearch.Retainers
    /// What long runs say; nil where there were none.
    let longRuns: LongRuns.Sides?
    let sources: SourceTexts
}
