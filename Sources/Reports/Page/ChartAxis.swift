import Benchmarks
import Foundation

/// The vertical axis of a chart: a few round ticks, of which the outermost enclose all values.
struct ChartAxis: Equatable {
    /// The ticks, from the lowest one.
    let ticks: [Double]
    /// Their labels: `0`, `2.5`, `250k`.
    let labels: [String]

    /// The height of the plot.
    static let height = 140.0
    /// What is left free at the top and at the bottom, for marks and thick lines.
    private static let margin = 10.0

    /// The axis for some values; zero belongs to it unless they all lie close together.
    init(_ values: some Sequence<Double>) {
        let values = values.filter(ChartAxis.isDrawn)
        var (low, high) = (values.min() ?? 0, values.max() ?? 0)
        let isFlat = high - low <= max(low.magnitude, high.magnitude) * 1e-9
        if low > 0 && (isFlat || low < high / 2) { low = 0 }
        if high < 0 && (isFlat || high > low / 2) { high = 0 }
        if low == high { high = 1 }
        let step = ChartAxis.round((high - low) / 4)
        // A little jitter beyond a tick does not need another one.
        let (first, last) = ((low / step + 0.05).rounded(.down), (high / step - 0.05).rounded(.up))
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        let most = max(low.magnitude, high.magnitude)
        let (scale, suffix) = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")].first { most >= $0.0 } ?? (1, "")
        let unit = suffix == "k" ? 1e3 : scale
        let decimals = min(9, max(0, Int((-log10(step / unit)).rounded(.up))))
        labels = ticks.map { $0 == 0 ? "0" : ($0 / unit).formatted(decimals: decimals) + suffix }
    }

    /// Whether a value can be drawn at all.
    static func isDrawn(_ value: Double) -> Bool { value.magnitude < 1e300 }

    /// How far below the top a value lies.
    func y(_ value: Double) -> Double {
        let (low, high) = (ticks[0], ticks[ticks.count - 1])
        let room = ChartAxis.height - 2 * ChartAxis.margin
        return ChartAxis.margin + room * (high - value) / (high - low)
    }

    /// The next of 1, 2, 5, 10, … that is no less than a positive number.
    private static func round(_ number: Double) -> Double {
        let power = pow(10, floor(log10(number)))
        return ([1, 2, 5].first { $0 * power >= number * (1 - 1e-9) } ?? 10) * power
    }
}
