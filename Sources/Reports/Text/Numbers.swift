import Benchmarks

/// A number with its noun: `1 commit`, `2 commits`.
func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}

/// A change in parts of what it was, as people read it: `+66.7 %`.
func percent(_ fraction: Double) -> String {
    (fraction < 0 ? "-" : "+") + (fraction * 100).magnitude.formatted(decimals: 1) + " %"
}

extension DefaultStringInterpolation {
    /// How a fraction is written.
    enum FractionStyle { case percent }

    /// Adds a fraction as a whole number of per cent; what would be 0 is written as less than 1.
    mutating func appendInterpolation(_ fraction: Double, _ style: FractionStyle) {
        let percent = Int((fraction * 100).rounded())
        appendInterpolation(percent == 0 && fraction != 0 ? "<1 %" : "\(percent) %")
    }
}
