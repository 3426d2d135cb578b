/// How far values that follow each other deviate in the same direction, as a machine that is busy for a while makes them.
enum SerialCorrelation {
    /// The correlation at lag 1 around each level's own mean, from 0 up to 0.95.
    ///
    /// A negative one counts as 0: it would only make a test bolder. A mean taken from the values themselves draws the
    /// estimate down by (1+4r)/n, once for each level, which is added again.
    ///
    /// Source: Marriott and Pope, "Bias in the estimation of autocorrelations" (Biometrika 1954).
    static func estimate(_ before: some Collection<Double>, _ after: some Collection<Double>) -> Double {
        let squares = before.squaredDeviations + after.squaredDeviations
        guard squares > 0 else { return 0 }
        let r = (before.serialProducts + after.serialProducts) / squares
        let unbiased = r + 2 * (1 + 4 * r) / Double(before.count + after.count)
        return min(0.95, max(0, unbiased))
    }
}
