import Benchmarks
import Git

extension HistorySession {
    /// Marks each value that lies beyond a moving baseline, taken from the values before it on its line, while the value
    /// right before it does not.
    ///
    /// - Parameters:
    ///   - sources: For each commit the one that was really measured.
    ///   - window: The values before the first line.
    func mark(
        _ cells: inout [HistoryCell], beyond baseline: MovingBaseline, _ series: HistorySeries, sources: [ObjectID?],
        from window: MovingWindow<ObjectID>
    ) {
        let none = MovingWindow<ObjectID>(count: baseline.count)
        var windows = [MovingWindow<ObjectID>](repeating: none, count: cells.count)
        for (number, line) in commits.lines.enumerated() {
            // A line that branched off before the first commit has a past that is not looked at.
            var window = number == 0 ? window : line.origin.map { windows[$0] } ?? none
            for position in line.positions {
                if let value = cells[position].value, let source = sources[position] {
                    let values = window.values
                    let bound = baseline.bound(for: values, metric: series.metric, pair: series.pair)
                    if let bound, let before = values.last {
                        cells[position].isStep = bound.isCrossed(by: value) && !bound.isCrossed(by: before)
                    }
                    window.add(value, from: source)
                }
                windows[position] = window
            }
        }
    }
}
