/// The Mann–Whitney U test: whether two samples come from the same distribution.
public enum MannWhitney {
    /// The two-sided p-value, by the normal approximation with corrections for ties and continuity.
    ///
    /// Source: Mann and Whitney, "On a test of whether one of two random variables is stochastically larger than the
    /// other" (1947). Returns 1 when either sample is empty or all values are equal.
    public static func p(_ first: [Double], _ second: [Double]) -> Double {
        guard !first.isEmpty, !second.isEmpty else { return 1 }
        let pooled = (first.map { ($0, true) } + second.map { ($0, false) }).sorted { $0.0 < $1.0 }
        var rankSum = 0.0
        var ties = 0.0
        var start = 0
        while start < pooled.count {
            var end = start
            while end < pooled.count && pooled[end].0 == pooled[start].0 { end += 1 }
            let rank = Double(start + end + 1) / 2
            rankSum += rank * Double(pooled[start..<end].count { $0.1 })
            let size = Double(end - start)
            ties += size * size * size - size
            start = end
        }
        let (m, n) = (Double(first.count), Double(second.count))
        let total = m + n
        let u = rankSum - m * (m + 1) / 2
        let variance = m * n / 12 * ((total + 1) - ties / (total * (total - 1)))
        guard variance > 0 else { return 1 }
        let z = max(0, (u - m * n / 2).magnitude - 0.5) / variance.squareRoot()
        return min(1, 2 * upperTail(z))
    }

    /// The standard normal distribution's upper tail for z >= 0.
    ///
    /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17 (absolute error below 7.5e-8), with
    /// the density from a series of halvings so that no mathematics library is needed.
    static func upperTail(_ z: Double) -> Double {
        let t = 1 / (1 + 0.2316419 * z)
        let polynomial =
            t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
        return density(z) * polynomial
    }

    private static func density(_ z: Double) -> Double {
        // exp(-x) as exp(-x / 2^10)^(2^10) by its series: exact to about 1e-13 for the x that matter here.
        let x = z * z / 2
        guard x < 700 else { return 0 }
        let step = -x / 1024
        var power = 1 + step * (1 + step / 2 * (1 + step / 3 * (1 + step / 4 * (1 + step / 5))))
        for _ in 0..<10 { power *= power }
        return power / 2.506628274631000502
    }
}
