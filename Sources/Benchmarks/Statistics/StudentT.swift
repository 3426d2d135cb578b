/// Student's t distribution and the t-test for two samples of equal variance.
public enum StudentT {
    /// The two-sided p-value of the t-test: whether two samples have the same mean.
    ///
    /// Source: Student, "The probable error of a mean" (1908), with the pooled variance of Fisher, Statistical Methods
    /// for Research Workers (1925), section 24.1. Returns 1 when either sample is empty or neither holds a second value;
    /// 0 when neither varies and the means differ.
    ///
    /// - Parameters:
    ///   - first: The one sample.
    ///   - second: The other.
    ///   - correlation: How values that follow each other are correlated, from 0 up to less than 1. What n such values
    ///     say of a mean is what n(1-r)/(1+r) independent ones do: Bayley and Hammersley, "The 'effective' number of
    ///     independent observations in an autocorrelated time series" (1946).
    public static func p(
        _ first: some Collection<Double>, _ second: some Collection<Double>, correlation: Double = 0
    ) -> Double {
        let freedom = first.count + second.count - 2
        guard !first.isEmpty, !second.isEmpty, freedom >= 1 else { return 1 }
        let difference = (first.mean - second.mean).magnitude
        guard difference > 0 else { return 1 }
        let variance = (first.squaredDeviations + second.squaredDeviations) / Double(freedom)
        let share = (1 - correlation) / (1 + correlation)
        let error = (variance / share * (1 / Double(first.count) + 1 / Double(second.count))).squareRoot()
        let effective = max(1, Int(Double(freedom) * share))
        return min(1, 2 * survival(difference / error, degreesOfFreedom: effective))
    }

    /// The probability of a value above t.
    ///
    /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.1 and 26.5.27: half the regularised
    /// incomplete beta function I(ν/2, 1/2) at ν/(ν + t²). Relative error below 1e-11 for ν up to 10,000.
    ///
    /// - Parameters:
    ///   - t: The statistic; infinite where a difference has no error.
    ///   - freedom: The degrees of freedom ν, at least 1.
    static func survival(_ t: Double, degreesOfFreedom freedom: Int) -> Double {
        guard t >= 0 else { return 1 - survival(-t, degreesOfFreedom: freedom) }
        let nu = Double(freedom)
        // Squares overflow only where the tail is 0 to any precision.
        let root = (nu + t * t).squareRoot()
        guard root.isFinite else { return 0 }
        let (cosine, sine) = (nu.squareRoot() / root, t / root)
        // Both halves are a whole number of roots, so that neither a power nor a gamma function is needed.
        let front = power(cosine, freedom) * sine / beta(halves: freedom)
        let x = cosine * cosine
        // The fraction converges fast on one side of the mean only; the other follows from I(a, b, x) = 1 - I(b, a, 1-x).
        return x < (nu / 2 + 1) / (nu / 2 + 2.5)
            ? front / nu * fraction(nu / 2, 0.5, x)
            : 0.5 - front * fraction(0.5, nu / 2, sine * sine)
    }

    /// The beta function B(k/2, 1/2), from B(1/2, 1/2) = π or B(1, 1/2) = 2 by B(a+1, b) = B(a, b) · a/(a+b).
    private static func beta(halves k: Int) -> Double {
        let isOdd = !k.isMultiple(of: 2)
        return stride(from: isOdd ? 1 : 2, to: k, by: 2).reduce(isOdd ? Double.pi : 2) {
            $0 * Double($1) / Double($1 + 1)
        }
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, square, rest) = (1.0, base, exponent)
        while rest > 0 {
            if !rest.isMultiple(of: 2) { result *= square }
            square *= square
            rest /= 2
        }
        return result
    }

    /// The continued fraction of the incomplete beta function without its front factor, by the modified Lentz method.
    ///
    /// Sources: DLMF 8.17.22 and 8.17.23; Thompson and Barnett, "Coulomb and Bessel functions of complex arguments and
    /// order" (1986), section III.
    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        var numerator = 1.0
        var denominator = 1 / away(1 - (a + b) * x / (a + 1))
        var value = denominator
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            let before = value
            for term in [even, odd] {
                denominator = 1 / away(1 + term * denominator)
                numerator = away(1 + term / numerator)
                value *= denominator * numerator
            }
            if (value - before).magnitude <= value.magnitude * 1e-16 { break }
        }
        return value

        /// A partial denominator that is 0 would divide by it.
        func away(_ number: Double) -> Double { number.magnitude < 1e-300 ? 1e-300 : number }
    }
}
