public import AllocBisectCore
import Benchmarks
import Git

/// The newest values of a history as OpenMetrics text, which is also valid as Prometheus' older text format, for
/// node_exporter's textfile directory.
///
/// Source of the format: https://prometheus.io/docs/specs/om/open_metrics_spec/
public struct HistoryPrometheus {
    /// The document's text: for each series the newest value, and when its commit was made.
    public static func text(of history: History) -> String {
        var labels: Set<String> = []
        let newest = history.series.indices.compactMap { index -> Sample? in
            guard let row = history.rows.last(where: { $0.cells[index].value != nil }),
                let value = row.cells[index].value
            else { return nil }
            let sample = Sample(history.series[index], value: value, seconds: row.commit.committer.time)
            // Two modules of one name in a repository have equal labels, which a document must not have.
            return labels.insert(sample.labels).inserted ? sample : nil
        }
        var text =
            family(
                "allocbisect_benchmark_value", "Newest value of a Go benchmark, in the unit that the label names.",
                newest.map { ($0.labels, "\($0.value)") })
            + family(
                "allocbisect_benchmark_commit_timestamp_seconds",
                "When the commit was made that the newest value belongs to.",
                newest.map { ($0.labels, "\($0.seconds)") })
        if !history.preparations.isEmpty {
            text += family(
                "allocbisect_preparation", "What commits are prepared with before they are measured, by option.",
                history.preparations.map { ("option=\"\($0.key)\",value=\"\(escaped($0.value))\"", "1") })
        }
        return text + "# EOF\n"
    }

    /// A dashboard for Grafana that shows these metrics, as JSON.
    public static var dashboard: String { String(decoding: PackageResources.grafana_dashboard_json, as: UTF8.self) }

    private struct Sample {
        let labels: String
        let value: Double
        let seconds: Int64

        init(_ series: HistorySeries, value: Double, seconds: Int64) {
            let names = [
                ("package", series.package), ("benchmark", series.benchmark), ("unit", series.metric.unit),
            ]
            labels = names.map { "\($0)=\"\(HistoryPrometheus.escaped($1))\"" }.joined(separator: ",")
            (self.value, self.seconds) = (value, seconds)
        }
    }

    private static func family(_ name: String, _ help: String, _ samples: [(labels: String, value: String)]) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
            + samples.map { "\(name){\($0.labels)} \($0.value)\n" }.joined()
    }

    /// A text between the quotes of a label's value. What is hidden is written out first, line breaks with it.
    private static func escaped(_ text: String) -> String {
        text.terminalSafe.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
