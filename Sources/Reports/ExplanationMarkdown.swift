import AllocBisectCore
import Benchmarks

/// An explanation as blocks of markdown.
struct ExplanationMarkdown {
    let explanation: Explanation
    let benchmark: String
    let metric: Metric

    var blocks: [String] {
        var blocks = [
            "**\(benchmark.markdown), \(metric.unit.markdown)**: cause **\(explanation.kind.rawValue)**, since "
                + explanation.reason.markdown
        ]
        if !explanation.modules.isEmpty {
            blocks.append(
                list(
                    explanation.modules.map { module in
                        "\(module.path.markdownCode): \((module.before ?? "none").markdown) → "
                            + (module.after ?? "none").markdown
                    }))
        }
        let sites = explanation.sites(for: metric)
        if !sites.isEmpty && metric != .goroutines { blocks.append(table(sites)) }
        if !explanation.goroutines.isEmpty { blocks.append(list(explanation.goroutines.map(line))) }
        blocks += explanation.hunks.prefix(3).map(fenced)
        if !explanation.escapes.isEmpty {
            blocks.append(
                list(
                    explanation.escapes.prefix(10).map { escape in
                        "\(escape.change == "added" ? "now" : "no longer") "
                            + "\("\(escape.file):\(escape.line)".markdownCode): \(escape.text.markdownCode)"
                    }))
        }
        if !explanation.ladder.isEmpty {
            blocks.append(
                "Allocations per iteration grow with b.N: "
                    + explanation.ladder.map { "\($0.n)x \(Metric.allocations.formatted($0.value))" }
                    .joined(separator: ", "))
        }
        blocks += explanation.warnings.map { "Note: \($0.markdown)" }
        blocks += [explanation.profiles, explanation.cpuProfiles].compactMap { profiles in
            profiles.map { "To look closer: \($0.command.markdownCode)" }
        }
        return blocks
    }

    private func table(_ sites: [Explanation.SiteChange]) -> String {
        let rows = sites.prefix(10).map { site in
            "| \(Metric.allocations.formatted(site.allocsPerOp.before)) → "
                + "\(Metric.allocations.formatted(site.allocsPerOp.after)) "
                + "| \(Metric.bytes.formatted(site.bytesPerOp.before)) → \(Metric.bytes.formatted(site.bytesPerOp.after)) "
                + "| \("\(site.file):\(site.line)".markdownCode) | \(site.function.short.markdownCode) "
                + "| \(site.callee?.markdownCode ?? "") |"
        }
        let what = metric.isRetained ? "retained " : ""
        let share = explanation.share.map { "\(Int(($0 * 100).rounded())) % of the difference:\n\n" } ?? ""
        return share
            + (["| \(what)objects/op | \(what)B/op | line | function | pays for |", "| --- | --- | --- | --- | --- |"]
            + rows).joined(separator: "\n")
    }

    private func line(_ group: Explanation.GoroutineChange) -> String {
        let creator = group.createdBy.map { ", started at \("\($0.file):\($0.line)".markdownCode)" } ?? ""
        return "\(group.count) goroutines stay in \(group.function.short.markdownCode) at "
            + "\("\(group.file):\(group.line)".markdownCode): \(group.state.markdown)\(creator)"
    }

    private func fenced(_ hunk: ExplainedHunk) -> String {
        let lines = hunk.excerpt(30).map { line in
            let text = String(line.text.map { $0 == "\t" ? " " : $0 }).visible
            let cost = line.allocsPerOp.map { "  // \(Metric.allocations.formatted($0)) allocs/op" } ?? ""
            return "\(line.mark)\(text)\(cost)"
        }
        let fence = String(repeating: "`", count: max(3, (lines.map { $0.longestRun(of: "`") }.max() ?? 0) + 1))
        let place = hunk.function.map { " in \($0.markdownCode)" } ?? ""
        return "\(hunk.file.markdownCode)\(place)\n\n\(fence)diff\n\(lines.joined(separator: "\n"))\n\(fence)"
    }

    private func list(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }
}
