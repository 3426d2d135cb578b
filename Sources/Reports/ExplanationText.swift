import AllocBisectCore
import Benchmarks

/// An explanation for people: what cost more, by line, and the part of the change that did it.
struct ExplanationText {
    let explanation: Explanation
    let metric: Metric
    let style: TextStyle

    /// How many lines of each sort are shown; the rest is counted.
    private static let (sites, hunkLines, escapes, goroutines) = (6, 16, 4, 4)
    /// The fewest lines of a hunk that is shown.
    private static let leastLines = 5

    /// The explanation's lines, without indentation.
    var lines: [String] {
        var lines = ["cause: \(style.bold(explanation.kind.rawValue)), \(explanation.reason.visible)"]
        lines += explanation.modules.prefix(5).map { module in
            "  \(module.path.visible) \((module.before ?? "none").visible) → \((module.after ?? "none").visible)"
        }
        lines += parents + costs + hunk + escapes + ladder + proof
        lines += explanation.warnings.map { "note: \($0.visible)" }
        lines += [explanation.profiles, explanation.cpuProfiles].compactMap { $0.map { "open: \($0.command.visible)" } }
        return lines
    }

    /// What belongs to this metric alone, beside another explanation of the same benchmark and commit.
    var briefLines: [String] { costs + ladder + proof }

    private var parents: [String] {
        explanation.parents.map { parent in
            "  parent \(parent.commit.prefix(12)): \(parent.value.map(metric.formatted) ?? "none") "
                + metric.unit.visible
                + (parent.agrees ? ", as here: the change came with this branch" : "")
        }
    }

    /// The unit of the costs that are shown.
    private var unit: Metric {
        switch metric {
        case .bytes, .retainedBytes, .retainedObjects: metric
        default: .allocations
        }
    }

    private var costs: [String] {
        if metric == .goroutines { return goroutines }
        let shown = explanation.sites(for: metric)
        guard !shown.isEmpty else { return [] }
        let heading =
            explanation.percentage(for: metric).map { "\($0) of the difference is in these lines" } ?? "what changed"
        let table = TextTable(
            rows: shown.prefix(ExplanationText.sites).map { site in
                let callee = site.callee.map { "for \($0.visible)" } ?? ""
                let holder = site.heldBy.map { "held by \($0.short.visible)" } ?? ""
                return [
                    unit.signedCost(site.change(metric).difference), "\(site.file.visible):\(site.line)",
                    site.function.short.visible,
                    [callee, holder].filter { !$0.isEmpty }.joined(separator: ", "),
                ]
            })
        return ["\(heading), in \(unit):"] + table.lines.map { "  " + $0 }
            + more(shown.count - ExplanationText.sites, "line")
    }

    private var goroutines: [String] {
        guard !explanation.goroutines.isEmpty else { return [] }
        return ["the goroutines that stay, in \(Metric.goroutines):"]
            + explanation.goroutines.prefix(ExplanationText.goroutines).flatMap { group in
                let leaked = group.isLeaked ? ", for ever" : ""
                let creator = group.createdBy.map {
                    "started at \($0.file.visible):\($0.line) by \($0.function.short.visible)"
                }
                let cost = Metric.goroutines.signedCost(group.perOp)
                return [
                    "  \(cost)  \(group.state.visible)\(leaked)  \(group.file.visible):\(group.line)  "
                        + group.function.short.visible
                ] + (creator.map { ["     \($0)"] } ?? [])
            } + more(explanation.goroutines.count - ExplanationText.goroutines, "stack")
    }

    private var hunk: [String] {
        let named = explanation.hunks(atMost: 1, for: metric, lines: ExplanationText.sites)
        // What holds a line that is named above is never the part that is left out.
        let room = max(ExplanationText.hunkLines / max(1, named.count), ExplanationText.leastLines)
        var left = ExplanationText.hunkLines
        var lines: [String] = []
        var shownHunks = 0
        for (index, hunk) in explanation.hunks.enumerated() where left > 0 || index < named.count {
            let isLast = index == named.count - 1
            let shown = hunk.excerpt(isLast ? max(left, room) : index < named.count ? room : left)
            left -= shown.count
            shownHunks += 1
            let width = shown.map { $0.map { "\($0.number)".count } ?? 0 }.max() ?? 0
            let costs = shown.map { line in line?.allocsPerOp.map { Metric.allocations.formatted($0) } ?? "" }
                .map { $0 == "0" ? "" : $0 }
            let margin = costs.map(\.count).max() ?? 0
            let heading =
                costs.contains { !$0.isEmpty } ? ", with \(metric.isRetained ? "retained objects" : "allocs")/op" : ""
            let place = hunk.function.map { "\(hunk.file.visible) in \($0.visible)" } ?? hunk.file.visible
            lines.append("\(place)\(heading):")
            lines += zip(shown, costs).map { line, cost in
                guard let line else { return "  \("…".left(margin + 2 + width))" }
                let text = "\(cost.left(margin))  \("\(line.number)".left(width)) \(line.mark) \(line.text.code)"
                return "  " + (line.mark == "+" ? style.green(text) : line.mark == "-" ? style.red(text) : text)
            }
        }
        return lines + more(explanation.hunks.count - shownHunks, "hunk")
    }

    private var escapes: [String] {
        guard !explanation.escapes.isEmpty else { return [] }
        return ["the compiler says:"]
            + explanation.escapes.prefix(ExplanationText.escapes).map { escape in
                "  \(escape.change == "added" ? "now" : "no longer")  \(escape.file.visible):\(escape.line): "
                    + escape.text.visible
            } + more(explanation.escapes.count - ExplanationText.escapes, "line")
    }

    /// The ladder as numbers, and as a bar each on a terminal.
    private var ladder: [String] {
        guard let most = explanation.ladder.map(\.value).max(), most > 0 else { return [] }
        return ["allocs/op grow with b.N:"]
            + explanation.ladder.map { rung in
                let bar =
                    style.hasColor ? "  " + String(repeating: "█", count: Int((rung.value / most * 30).rounded())) : ""
                return "  \("\(rung.n)x".left(7))  \(Metric.allocations.formatted(rung.value).left(12))\(bar)"
            }
    }

    private var proof: [String] {
        switch explanation.proof {
        case .reverted(let with, let without, let leftOut):
            let rest = leftOut.isEmpty ? "" : ", without \(leftOut.map(\.visible).joined(separator: ", "))"
            return [
                "taken back on the bad end: \(metric.formatted(with)) → \(metric.formatted(without)) "
                    + metric.unit.visible + rest
            ]
        case .notPossible(let reason): return ["it could not be taken back on the bad end: \(reason.visible)"]
        case nil: return []
        }
    }

    private func more(_ count: Int, _ noun: String) -> [String] {
        count > 0 ? ["  … and \(count) more \(noun)\(count == 1 ? "" : "s")"] : []
    }

}

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
    var code: String { replacing("\t", with: "    ").visible }
    /// The text moved to the right.
    fileprivate func left(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
