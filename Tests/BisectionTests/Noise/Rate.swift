/// How often something happened in independent trials.
struct Rate: CustomStringConvertible {
    let count: Int
    let trials: Int

    /// The value that the true rate is below with a confidence of 95 %: Clopper and Pearson (1934), one-sided.
    var upperBound: Double {
        bound { 0.05 < atMost($0) }
    }

    /// The value that the true rate is above with a confidence of 95 %.
    var lowerBound: Double {
        1 - Rate(count: trials - count, trials: trials).upperBound
    }

    private func bound(_ isTooLow: (Double) -> Bool) -> Double {
        if count == trials { return 1 }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if isTooLow(middle) { low = middle } else { high = middle }
        }
        return high
    }

    /// The probability of `count` or fewer when the true rate is `rate`.
    private func atMost(_ rate: Double) -> Double {
        // From the most likely count on, so that nothing underflows before it matters.
        var sum = 0.0
        var total = 0.0
        var term = 1.0
        let mode = min(trials, Int(rate * Double(trials + 1)))
        for step in mode...trials {
            total += term
            if step <= count { sum += term }
            term *= Double(trials - step) / Double(step + 1) * rate / (1 - rate)
        }
        term = 1
        for step in stride(from: mode, to: 0, by: -1) {
            term *= Double(step) / Double(trials - step + 1) * (1 - rate) / rate
            total += term
            if step - 1 <= count { sum += term }
        }
        return sum / total
    }

    var description: String { "\(count) of \(trials)" }
}
