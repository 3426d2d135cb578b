extension Metric {
    /// A value as it is shown to people: no more decimals than mean something, none that are zero.
    ///
    /// Allocations and bytes are exact, and their second decimal still tells a set-up allocation; growth is a slope
    /// that jitters in the second. What else there is has four digits, as Go prints it.
    public func formatted(_ value: Double) -> String {
        switch behavior {
        case .counted: value.formatted(decimals: 2)
        case .growth: value.formatted(decimals: 1)
        case .reported, .timed:
            switch value.magnitude {
            case ..<9.9995: value.formatted(decimals: 3)
            case ..<99.995: value.formatted(decimals: 2)
            case ..<999.95: value.formatted(decimals: 1)
            default: value.formatted(decimals: 0)
            }
        }
    }

    /// A difference as it is shown to people, with its sign.
    public func signed(_ difference: Double) -> String {
        (difference < 0 ? "-" : "+") + formatted(difference.magnitude)
    }
}

extension Double {
    /// The number with at most this many decimals, rounded, and none that are zero.
    public func formatted(decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
        let scaled = (magnitude * Double(scale)).rounded()
        guard scaled < 1e15 else { return "\(self)" }
        var text = "\(self < 0 && scaled > 0 ? "-" : "")\(Int(scaled) / scale)"
        let rest = Int(scaled) % scale
        if rest > 0 {
            var digits = String(rest + scale).dropFirst()
            while digits.hasSuffix("0") { digits = digits.dropLast() }
            text += "." + digits
        }
        return text
    }
}
