import AllocBisectCore
import Benchmarks

/// A series as a column of a table: the value, its change, and the mark of a step.
struct HistoryColumn {
    /// The position of the series.
    let series: Int
    /// Whether any change is seen in it.
    let hasChange: Bool
    private let cells: [(value: String, change: String, mark: String)]
    private let valueWidth, changeWidth: Int

    /// The column of a series of a history.
    init(_ history: History, _ series: Int) {
        let metric = history.series[series].metric
        self.series = series
        cells = history.rows.map { row in
            let cell = row.cells[series]
            return (cell.value == nil ? "none" : cell.valueText(metric), cell.changeText(metric), cell.mark)
        }
        hasChange = history.changes(series)
        valueWidth = cells.reduce(HistoryColumn.minimumWidth) { max($0, $1.value.count) }
        changeWidth = cells.reduce(0) { max($0, $1.change.count) }
    }

    /// Room for a number in brackets.
    private static let minimumWidth = 5

    /// How many columns of a terminal it takes, the space before it included.
    var width: Int { 2 + valueWidth + (changeWidth == 0 ? 0 : 1 + changeWidth + 2) }

    /// The header above the values.
    func header(_ name: String) -> String { ("  " + name.aligned(to: valueWidth)).padded(to: width) }

    /// The text in one row.
    func text(_ row: Int, _ style: TextStyle) -> String {
        let cell = cells[row]
        let value = "  " + cell.value.aligned(to: valueWidth)
        if changeWidth == 0 { return value }
        let change = " " + cell.change.aligned(to: changeWidth)
        switch cell.mark {
        case "": return value + change + "  "
        case "▲": return value + style.red("\(change) \(cell.mark)")
        default: return value + style.green("\(change) \(cell.mark)")
        }
    }
}
