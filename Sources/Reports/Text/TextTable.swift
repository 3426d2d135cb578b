/// A table with aligned columns: text to the left, numbers to the right, nothing cut.
struct TextTable {
    private let header: [String]?
    private let rows: [[String]]

    /// A table; every row has as many cells as the header, if there is one.
    init(header: [String]? = nil, rows: [[String]]) {
        self.header = header
        self.rows = rows
    }

    /// The lines, the header first.
    var lines: [String] {
        let all = (header.map { [$0] } ?? []) + rows
        guard let columns = all.first?.indices else { return [] }
        let widths = columns.map { column in all.map { $0[column].columns }.max() ?? 0 }
        let isNumeric = columns.map { column in
            !rows.isEmpty && rows.allSatisfy { Double($0[column]) != nil || $0[column].isEmpty }
        }
        return all.map { row in
            let cells = row.indices.map { column in
                let cell = row[column]
                return isNumeric[column] ? cell.aligned(to: widths[column]) : cell.padded(to: widths[column])
            }
            return cells.joined(separator: "  ").trimmed
        }
    }
}
