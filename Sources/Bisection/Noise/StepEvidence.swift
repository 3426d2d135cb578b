/// What runs say about where a step is: for each hypothesis, how likely the values are.
///
/// The model is a local level with a regressor. The value of run t is level + step · bad + noise: bad is 1 for the
/// runs that the hypothesis says are bad, else 0. With s² the variance of the noise, the level wanders at random by
/// r · s² from run to run. Flat prior for the first level, 1/s² for s², and N(0, s²) for the step; level, step and s²
/// then have closed-form integrals, those of a normal-inverse-gamma distribution. r takes one of four values.
///
/// The prior of the step shrinks what is claimed. That keeps the rate of wrong names below alpha for noise that is not
/// normal as well: with a variance of 4 in place of 1, noise that is mostly steady and sometimes jumps led to
/// 7 % wrong names at a step of two standard deviations.
///
/// Sources: Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989), chapters 3 and 7;
/// O'Hagan and Forster, Kendall's Advanced Theory of Statistics 2B: Bayesian Inference (2004), chapter 11.
struct StepEvidence: Sendable {
    /// One lane for each r.
    typealias Lanes = SIMD4<Double>

    /// The values of r. Nothing slower than 0.01 matters to a search, nothing faster than 1 can be distinguished from
    /// noise.
    static let drifts = Lanes(0, 0.01, 0.09, 1)
    static let driftPrior = Lanes(0.7, 0.1, 0.1, 0.1)
    private static let logDriftPrior = log(driftPrior)
    /// As if one more run had been off by 0.1 %: nothing that is timed is steadier than that.
    private static let resolution = Lanes(repeating: 1e-6)

    /// The regressor of one hypothesis: its filtered level, and sums of products of innovations, each divided by the
    /// innovation's variance.
    private struct Regressor {
        var level = Lanes.zero
        var squared = Lanes.zero
        var timesOne = Lanes.zero
        var timesValue = Lanes.zero
    }

    private var regressors = [Regressor()]
    /// What the Kalman filter knows of the level: its variance in units of s², the same for every series it filters.
    private var variance = Lanes.zero
    private var oneLevel = Lanes.zero
    private var valueLevel = Lanes.zero
    private var ones = Lanes.zero
    private var oneTimesValue = Lanes.zero
    private var values = Lanes.zero
    private var logDeterminant = Lanes.zero
    /// The first value. What is left without it is small, so that squares keep their digits.
    private var origin: Double?
    /// The number of runs.
    private(set) var count = 0

    /// The number of hypotheses, without that of no step; 1 at first.
    var hypotheses: Int { regressors.count }

    /// Adds a hypothesis that has said the same of every run as another one.
    mutating func split(_ hypothesis: Int) { regressors.append(regressors[hypothesis]) }

    /// Takes the value of the next run, in the order of time.
    ///
    /// - Parameter isBad: for each hypothesis, whether it says that the run was bad.
    mutating func add(_ value: Double, isBad: [Bool]) {
        if count > 0 { variance += Self.drifts }
        count += 1
        let start = origin ?? value
        origin = start
        let spread = variance + 1
        let gain = variance / spread
        let one = 1 - oneLevel
        let innovation = (value - start) - valueLevel
        for hypothesis in regressors.indices {
            let response = (isBad[hypothesis] ? 1 : 0) - regressors[hypothesis].level
            let share = response / spread
            regressors[hypothesis].squared += share * response
            regressors[hypothesis].timesOne += share * one
            regressors[hypothesis].timesValue += share * innovation
            regressors[hypothesis].level += gain * response
        }
        ones += one * one / spread
        oneTimesValue += one * innovation / spread
        values += innovation * innovation / spread
        oneLevel += gain * one
        valueLevel += gain * innovation
        variance *= 1 - gain
        logDeterminant += Self.log(spread)
    }

    /// The log of the marginal likelihood times the prior of r, one lane for each r, but for a constant.
    ///
    /// - Parameter hypothesis: nil for no step.
    func logLikelihood(_ hypothesis: Int?) -> Lanes {
        let (squared, timesValue) = hypothesis.map(sums) ?? (.zero, .zero)
        let left = residual - timesValue * timesValue / (1 + squared)
        let freedom = Double(count - 1)
        let scale = ones * (1 + squared)
        return Self.logDriftPrior
            - 0.5 * (logDeterminant + Self.log(scale) + freedom * Self.log(left + Self.resolution))
    }

    /// What the runs say of the step if a hypothesis holds.
    ///
    /// - Precondition: three runs at least, a good one and a bad one among them.
    func estimate(_ hypothesis: Int) -> StepEstimate {
        let weights = Self.shares(logLikelihood(hypothesis))
        let (squared, timesValue) = sums(hypothesis)
        let change = timesValue / squared
        let left = residual - timesValue * change + Self.resolution
        let noise = left / Double(count - 2)
        let mean = (weights * change).sum()
        let spread = noise / squared + (change - mean) * (change - mean)
        return StepEstimate(
            change: mean, standardError: (weights * spread).sum().squareRoot(),
            deviation: (weights * noise).sum().squareRoot(), driftProbability: 1 - weights[0])
    }

    /// The regressor's sums of squares and of products with the values, both without their share of the first level.
    private func sums(_ hypothesis: Int) -> (squared: Lanes, timesValue: Lanes) {
        let regressor = regressors[hypothesis]
        let slope = regressor.timesOne / ones
        return (regressor.squared - slope * regressor.timesOne, regressor.timesValue - slope * oneTimesValue)
    }

    private var residual: Lanes { values - oneTimesValue * oneTimesValue / ones }

    private static func log(_ lanes: Lanes) -> Lanes {
        Lanes(Double.log(lanes[0]), Double.log(lanes[1]), Double.log(lanes[2]), Double.log(lanes[3]))
    }

    /// e to each lane, divided by their sum.
    private static func shares(_ lanes: Lanes) -> Lanes {
        let shifted = lanes - lanes.max()
        let powers = Lanes(
            Double.exp(shifted[0]), Double.exp(shifted[1]), Double.exp(shifted[2]), Double.exp(shifted[3]))
        return powers / powers.sum()
    }
}
