/// The step-up procedure that holds the false discovery rate when many hypotheses are tested together.
public enum BenjaminiHochberg {
    /// Which of the hypotheses to reject, in the order of their p-values.
    ///
    /// Of the hypotheses rejected, at most the share q is true on average.
    ///
    /// Source: Benjamini and Hochberg, "Controlling the false discovery rate: a practical and powerful approach to
    /// multiple testing" (1995), section 3.1. It holds for tests that depend on each other positively as well:
    /// Benjamini and Yekutieli, "The control of the false discovery rate in multiple testing under dependency" (2001).
    ///
    /// - Parameters:
    ///   - pValues: One p-value a hypothesis; not a number counts as 1.
    ///   - q: The share of false discoveries that is allowed, between 0 and 1.
    ///   - total: How many hypotheses were tested, when only the smallest p-values are at hand: those of steps, out of
    ///     one for each position (`StepFinder.positions(in:)`) of all series.
    public static func rejected(pValues: [Double], q: Double, total: Int? = nil) -> [Bool] {
        let count = max(pValues.count, total ?? 0)
        let sorted = pValues.filter { !$0.isNaN }.sorted()
        // All up to the last that keeps below its line, whatever lies above a line on the way.
        let last = sorted.indices.last { sorted[$0] <= q * Double($0 + 1) / Double(count) }
        guard let last else { return pValues.map { _ in false } }
        return pValues.map { $0 <= sorted[last] }
    }
}
