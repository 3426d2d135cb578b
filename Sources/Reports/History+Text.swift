import AllocBisectCore
import Benchmarks

extension HistorySeries {
    /// The series by its full name.
    var title: String { "\(package) \(benchmark) \(metric)" }
}

extension HistoryCell {
    /// The value as it is shown; empty when there is none.
    func valueText(_ metric: Metric) -> String { value.map(metric.formatted) ?? "" }

    /// The change as it is shown; empty when there is none, or none that is left in the decimals that are shown.
    func changeText(_ metric: Metric) -> String {
        guard let change, metric.formatted(change.magnitude) != "0" else { return "" }
        return metric.signed(change)
    }

    /// The mark of a step: upwards, downwards, or none.
    var mark: String { isStep ? ((change ?? 0) > 0 ? "▲" : "▼") : "" }
}
