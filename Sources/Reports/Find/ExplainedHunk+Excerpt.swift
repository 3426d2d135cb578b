import Explaining

extension ExplainedHunk {
    /// At most this many lines: those that cost most, with what lies around them; where none does, those that changed. In
    /// between, nil stands for lines that are left out.
    func excerpt(_ limit: Int) -> [Line?] {
        guard lines.count > limit else { return lines }
        let cost = { (line: Line) in line.allocsPerOp ?? (line.mark == " " ? -1 : 0) }
        let order = lines.indices.sorted { (cost(lines[$1]), $0) < (cost(lines[$0]), $1) }
        // Of a hunk in which nothing costs anything, its first change.
        let centers = order.prefix { cost(lines[$0]) > 0 }.prefix(max(1, limit / 3))
        var kept = Set<Int>()
        for distance in 0..<lines.count where kept.count < limit {
            for center in centers.isEmpty ? order.prefix(1) : centers {
                for index in [center - distance, center + distance] where lines.indices.contains(index) {
                    if kept.count < limit { kept.insert(index) }
                }
            }
        }
        // A mark for a single line would take as much room as the line.
        for index in lines.indices where kept.contains(index - 1) && kept.contains(index + 1) { kept.insert(index) }
        var shown: [Line?] = []
        for index in kept.sorted() {
            if !shown.isEmpty, !kept.contains(index - 1) { shown.append(nil) }
            shown.append(lines[index])
        }
        return shown
    }
}

extension String {
    /// A function's name without its package's path.
    var short: String { String(split(separator: "/").last ?? "") }
    /// A line of code, with tabs as blanks.
    var code: String { replacing("\t", with: "    ").terminalSafe }
}
