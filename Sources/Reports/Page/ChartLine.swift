import Benchmarks

/// The line of a chart, as the path of an image that is as wide as it has columns; it is stretched to the room there is.
struct ChartLine: Equatable {
    /// How many columns there are: one for each commit, or fewer for very many commits.
    let columns: Int
    /// The path in SVG's words. It is broken where there is no value.
    private(set) var path = ""

    /// More columns than this cannot be distinguished.
    static let mostColumns = 600

    /// Whether a value stands until the next one.
    let isStepped: Bool
    private let count: Int

    /// The line of some values, one a commit.
    ///
    /// Where a column holds several commits, it reaches from the least to the greatest of their values.
    ///
    /// - Parameter isStepped: Whether a value stands until the next one, as exact ones do, and is not joined to it.
    init(_ values: [Double?], axis: ChartAxis, isStepped: Bool, mostColumns: Int = ChartLine.mostColumns) {
        (self.isStepped, count) = (isStepped, values.count)
        columns = max(1, min(count, mostColumns))
        // How low the line is; nil where there is none.
        var pen: String?
        for column in 0..<columns {
            let here = values[column * count / columns..<(column + 1) * count / columns]
                .compactMap { $0 }.filter(ChartAxis.isDrawn)
            guard var first = here.first, var last = here.last, let low = here.min(), let high = here.max() else {
                if pen != nil { finish(at: column) }
                pen = nil
                continue
            }
            // Of many values that vary, only the reach is seen.
            if !isStepped && here.count > 1 { (first, last) = (low, high) }
            let heights = [first, low, high, last].map { axis.y($0).formatted(decimals: columns < count ? 0 : 1) }
            if isStepped {
                if pen == nil {
                    path += "M\(column) \(heights[0])"
                } else if Set(heights) != [pen] {
                    path += "H\(column)V\(heights[0])"
                }
            } else {
                path += "\(pen == nil ? "M" : "L")\(column).5 \(heights[0])"
            }
            pen = heights[3]
            guard heights[1] != heights[2] else { continue }
            for (before, height) in zip(heights, heights.dropFirst()) where height != before { path += "V\(height)" }
        }
        if pen != nil { finish(at: columns) }
    }

    /// Draws what stands until a column; where values are joined, a single one is a dot.
    private mutating func finish(at column: Int) { path += isStepped ? "H\(column)" : "h0" }

    /// Where the line reaches a commit's value, in parts of the width.
    func x(of position: Int) -> Double {
        let column = count == 0 ? 0 : position * columns / count
        return (Double(column) + (isStepped ? 0 : 0.5)) / Double(columns)
    }
}
