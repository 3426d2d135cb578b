import AllocBisectCore
import Benchmarks
import Git

extension HistorySeries {
    /// The series by its full name.
    var title: String { "\(package) \(benchmark) \(metric)" }
}

extension History {
    /// The ends as hashes, or the newest commit alone.
    var ends: String { good.map { "\($0.short)..\(bad.short)" } ?? "up to \(bad.short)" }
}

extension History {
    /// What is shown, and how much of it was measured for it.
    var summary: String {
        "\(ends): \(counted(rows.count, "commit")), \(series.count) series; measured \(measured)"
    }
}

extension HistoryCell {
    /// The value as it is shown; empty when there is none.
    func valueText(_ metric: Metric) -> String { value.map(metric.formatted) ?? "" }

    /// The change as it is shown; empty when there is none, or none that is left in the decimals that are shown.
    func changeText(_ metric: Metric) -> String {
        guard let change, metric.formatted(change.magnitude) != "0" else { return "" }
        return metric.signed(change)
    }

    /// Whether it is more than the value before it.
    var rises: Bool { (change ?? 0) > 0 }

    /// Whether its change is one for the worse.
    func isWorse(_ metric: Metric) -> Bool { rises == metric.isCost }

    /// The mark of a step: upwards, downwards, or none.
    var mark: String { isStep ? (rises ? "▲" : "▼") : "" }
}
