extension Metric {
    /// A value as it is shown to people: no more decimals than mean something, none that are zero.
    ///
    /// What is counted is a whole number or an average, and tells no more in its third decimal. What else there is has
    /// four digits, as Go prints it.
    public func formatted(_ value: Double) -> String {
        switch behavior {
        case .counted, .growth: value.formatted(decimals: 2)
        case .reported, .timed:
            switch value.magnitude {
            case ..<9.9995: value.formatted(decimals: 3)
            case ..<99.995: value.formatted(decimals: 2)
            case ..<999.95: value.formatted(decimals: 1)
            default: value.formatted(decimals: 0)
            }
        }
    }

    /// Several values as they are shown to people.
    public func listed(_ values: [Double]) -> String { values.map(formatted).joined(separator: ", ") }

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
