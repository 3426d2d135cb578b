import Benchmarks
import Explaining

extension Explanation {
    /// The lines to show for a metric. Those that differ by less than a fiftieth of the first one are left out, since a
    /// stray allocation makes as much.
    func sites(for metric: Metric) -> [SiteChange] {
        let sites = metric.isRetained ? retained : self.sites
        let most = sites.map { $0.change(metric).difference.magnitude }.max() ?? 0
        return sites.filter { $0.change(metric).difference.magnitude >= most / 50 }
    }

    /// The part of the measured difference that is in these lines, in per cent: `100 %` for all of it and nothing else.
    func percentage(for metric: Metric) -> String? {
        guard var share else { return nil }
        if metric != .goroutines {
            let sum = { (sites: [SiteChange]) in sites.reduce(0) { $0 + $1.change(metric).difference } }
            let (all, shown) = (sum(metric.isRetained ? retained : sites), sum(sites(for: metric)))
            if all != 0, (all - shown).magnitude > 0.005 { share *= shown / all }
        }
        let percent = share * 100
        guard percent.rounded() == 100, share != 1 else { return "\(Int(percent.rounded())) %" }
        return (share < 1 ? min(percent, 99.9) : max(percent, 100.1)).formatted(decimals: 1) + " %"
    }

    /// The hunks to show: at most a number of them, but all that hold one of the lines that are shown.
    func hunks(atMost most: Int, for metric: Metric, lines: Int) -> ArraySlice<ExplainedHunk> {
        let sites = sites(for: metric).prefix(lines)
        let holding = hunks.lastIndex { hunk in sites.contains(where: hunk.holds) }
        return hunks.prefix(max(most, holding.map { $0 + 1 } ?? 0))
    }
}

extension Explanation.InstructionChange {
    /// The line; nil for a function outside of the repository.
    var place: (file: String, line: Int)? {
        guard let file, let line else { return nil }
        return (file, line)
    }
}

extension Explanation.SiteChange {
    /// What is counted for a metric.
    func change(_ metric: Metric) -> Explanation.Change { metric.isInBytes ? bytesPerOp : allocsPerOp }
}

extension ExplainedHunk {
    /// Whether a line is in it.
    func holds(_ site: Explanation.SiteChange) -> Bool {
        file == site.file && lines.contains { $0.number == site.line && $0.allocsPerOp != nil }
    }
}

extension Metric {
    /// What a line costs more, with its sign: a whole number is exact, and all others have as many decimals.
    func signedCost(_ difference: Double) -> String {
        let text = signed(difference)
        guard difference != difference.rounded(), let decimals = formatted(1.0 / 3).split(separator: ".").last?.count
        else { return text }
        let point = text.firstIndex(of: ".")
        let missing = decimals - (point.map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0)
        return text + (point == nil ? "." : "") + String(repeating: "0", count: max(0, missing))
    }
}
