extension Threshold {
    /// The threshold as it was applied: where more than was asked for decided on the bound, that is said as well, as in
    /// `+5% and at least +1`.
    public func description(of bound: Bound?, good: Double?, _ metric: Metric) -> String {
        guard let bound, let good else { return description }
        let asked: Double
        switch shape {
        case .riseBy(let fraction), .fallBy(let fraction): asked = good.magnitude * fraction
        case .factor(let factor): asked = good.magnitude * (factor - 1).magnitude
        case .rise(let amount), .fall(let amount), .riseOver(let amount): asked = amount
        case .above, .below, .moving: return description
        }
        let applied = (bound.value - good).magnitude
        guard metric.formatted(applied) != metric.formatted(asked), applied > asked else { return description }
        return "\(description) and at least \(bound.isUpward ? "+" : "-")\(metric.formatted(applied))"
    }
}
