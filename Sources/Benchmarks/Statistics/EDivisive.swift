/// The E-divisive method's measure of where a series is best divided in two.
///
/// Source: Matteson and James, "A nonparametric approach for multiple change point analysis of multivariate data"
/// (JASA 2014), sections 2.1 and 2.2, with α = 1. The part after the change reaches to the end of what is divided, as in Fleming
/// et al., "Hunter: using change point detection to hunt for performance regressions" (ICPE 2023).
enum EDivisive {
    /// The first position of the second part, for the division with the greatest divergence.
    ///
    /// Takes time proportional to the square of the count.
    ///
    /// - Parameters:
    ///   - values: The values; not empty.
    ///   - range: The positions to divide.
    ///   - least: How many values each part has at least; no less than 2.
    /// - Returns: The position, or nil when there are too few values.
    static func division(of values: [Double], in range: Range<Int>, minimum: Int) -> Int? {
        guard range.count >= 2 * minimum else { return nil }
        let rightward = range.map { index in distance(from: index, to: (index + 1)..<range.upperBound, in: values) }
        var (between, left, right) = (0.0, 0.0, rightward.reduce(0, +))
        var best: (position: Int, divergence: Double)?
        for (index, outward) in zip(range, rightward) {
            // The value at this index moves from the right part to the left one.
            let inward = distance(from: index, to: range.lowerBound..<index, in: values)
            between += outward - inward
            left += inward
            right -= outward
            let (m, n) = (index + 1 - range.lowerBound, range.upperBound - index - 1)
            guard m >= minimum, n >= minimum else { continue }
            let divergence = divergence(between: between, left: left, right: right, Double(m), Double(n))
            if divergence > best?.divergence ?? -.infinity { best = (index + 1, divergence) }
        }
        return best?.position
    }

    /// The sum of the distances between one value and others.
    private static func distance(from index: Int, to others: Range<Int>, in values: [Double]) -> Double {
        let value = values[index]
        return values[others].reduce(0) { $0 + (value - $1).magnitude }
    }

    /// The scaled sample divergence Q of m and n values, from the sums of the distances between and within them.
    ///
    /// Source: Matteson and James (2014), section 2.1.
    private static func divergence(between: Double, left: Double, right: Double, _ m: Double, _ n: Double) -> Double {
        let energy = 2 / (m * n) * between - 2 / (m * (m - 1)) * left - 2 / (n * (n - 1)) * right
        return m * n / (m + n) * energy
    }
}
