public import AllocBisectCore
import Benchmarks
import Git

/// A history in the Go benchmark format, one block of results for each commit, so that
/// `benchstat -col commit` compares them.
public struct HistoryBenchmarks {
    /// The document's text: a line for each repeat, with the keys `commit`, `commit-date` (of the committer), `pkg`,
    /// `goos` and `goarch`, and those of what commits were prepared with. Commits without a value have no results.
    public static func text(of history: History) -> String {
        var text = ""
        write(history) { text += $0 }
        return text
    }

    /// Writes the document commit by commit.
    public static func write(_ history: History, to output: (String) throws -> Void) rethrows {
        var writer = BenchmarkWriter(cpu: history.cpu)
        for (key, value) in zip(["goos", "goarch"], history.platform.split(separator: "/")) {
            writer.set(key, to: String(value).terminalSafe)
        }
        for (key, value) in history.preparations { writer.set(key, to: value.terminalSafe) }
        let benchmarks = groups(of: history.series)
        for row in history.rows where row.skipped == nil {
            writer.set("commit", to: row.commit.id.description)
            writer.set("commit-date", to: row.commit.committer.isoDate)
            for columns in benchmarks {
                let first = history.series[columns.lowerBound]
                let rounds = row.cells[columns].map(\.repeats.count).max() ?? 0
                if rounds > 0 { writer.set("pkg", to: first.package.terminalSafe) }
                for round in 0..<rounds {
                    let values = columns.compactMap { column in
                        let repeats = row.cells[column].repeats
                        return repeats.indices.contains(round)
                            ? (history.series[column].metric.unit.terminalSafe, repeats[round]) : nil
                    }
                    writer.add(name: first.benchmark.terminalSafe, iterations: first.pair.long, values: values)
                }
            }
            try output(writer.take())
        }
        // With no commit there are the keys alone.
        try output(writer.take())
    }

    /// The series of each benchmark, which stand side by side.
    private static func groups(of series: [HistorySeries]) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        for index in series.indices {
            if let last = groups.last, series[last.lowerBound].directory == series[index].directory,
                series[last.lowerBound].benchmark == series[index].benchmark
            {
                groups[groups.count - 1] = last.lowerBound..<index + 1
            } else {
                groups.append(index..<index + 1)
            }
        }
        return groups
    }
}
