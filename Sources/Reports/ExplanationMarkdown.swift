import AllocBisectCore
import Benchmarks

/// An explanation as blocks of markdown.
struct ExplanationMarkdown {
    let explanation: Explanation
    let benchmark: String
    let metric: Metric

    var blocks: [String] {
        var blocks = [
            "**\(benchmark.markdown), \(metric.unit.markdown)**: cause **\(explanation.kind.rawValue)**, "
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
        if !explanation.parents.isEmpty { blocks.append(list(explanation.parents.map(line))) }
        blocks += costs
        let hunks = explanation.hunks(
            atMost: ExplanationMarkdown.hunks, for: metric, lines: ExplanationMarkdown.most)
        blocks += hunks.map(fenced) + more(explanation.hunks.count - hunks.count, "hunk")
        if !explanation.escapes.isEmpty {
            blocks.append(
                list(
                    explanation.escapes.prefix(ExplanationMarkdown.most).map { escape in
                        "\(escape.change == "added" ? "now" : "no longer") "
                            + "\("\(escape.file):\(escape.line)".markdownCode): \(escape.text.markdownCode)"
                    }))
            blocks += more(explanation.escapes.count - ExplanationMarkdown.most, "line")
        }
        blocks += ladder + proof
        blocks += explanation.warnings.map { "Note: \($0.markdown)" }
        blocks += [explanation.profiles, explanation.cpuProfiles].compactMap { profiles in
            profiles.map { "To look closer: \($0.command.markdownCode)" }
        }
        return blocks
    }

    /// What belongs to this metric alone, beside another explanation of the same benchmark and commit.
    var briefBlocks: [String] {
        let own = costs + ladder + proof
        return own.isEmpty ? [] : ["**\(benchmark.markdown), \(metric.unit.markdown)**"] + own
    }

    /// How many of each sort are shown; the rest is counted.
    private static let (most, hunks) = (10, 3)

    private var costs: [String] {
        let sites = explanation.sites(for: metric)
        if metric != .goroutines {
            return sites.isEmpty ? [] : [table(sites)] + more(sites.count - ExplanationMarkdown.most, "line")
        }
        let groups = explanation.goroutines
        guard !groups.isEmpty else { return [] }
        return [list(groups.prefix(ExplanationMarkdown.most).map(line))]
            + more(groups.count - ExplanationMarkdown.most, "stack")
    }

    private var ladder: [String] {
        guard !explanation.ladder.isEmpty else { return [] }
        let rungs = explanation.ladder.map { "\($0.n)x \(Metric.allocations.formatted($0.value))" }
        return ["Allocations per iteration grow with b.N: " + rungs.joined(separator: ", ")]
    }

    private var proof: [String] {
        switch explanation.proof {
        case .reverted(let with, let without, let leftOut):
            let rest = leftOut.isEmpty ? "" : ", without " + leftOut.map(\.markdownCode).joined(separator: ", ")
            return [
                "Taken back on the bad end: \(metric.formatted(with)) → \(metric.formatted(without)) "
                    + metric.unit.markdown + rest
            ]
        case .notPossible(let reason): return ["It could not be taken back on the bad end: \(reason.markdown)"]
        case nil: return []
        }
    }

    private func line(_ parent: Explanation.ParentValue) -> String {
        "parent `\(parent.commit.prefix(10))`: \(parent.value.map(metric.formatted) ?? "none") \(metric.unit.markdown)"
            + (parent.agrees ? ", as here: the change came with this branch" : "")
    }

    private func more(_ count: Int, _ noun: String) -> [String] {
        count > 0 ? ["… and \(count) more \(noun)\(count == 1 ? "" : "s")"] : []
    }

    private func table(_ sites: [Explanation.SiteChange]) -> String {
        let rows = sites.prefix(ExplanationMarkdown.most).map { site in
            let holder = site.heldBy.map { "held by \($0.short.markdownCode)" }
            let callee = [site.callee?.markdownCode, holder].compactMap { $0 }.joined(separator: ", ")
            return "| \(Metric.allocations.formatted(site.allocsPerOp.before)) → "
                + "\(Metric.allocations.formatted(site.allocsPerOp.after)) "
                + "| \(Metric.bytes.formatted(site.bytesPerOp.before)) → \(Metric.bytes.formatted(site.bytesPerOp.after)) "
                + "| \("\(site.file):\(site.line)".markdownCode) | \(site.function.short.markdownCode) "
                + "| \(callee) |"
        }
        let what = metric.isRetained ? "retained " : ""
        let share =
            explanation.percentage(for: metric).map { "\($0) of the difference is in these lines:\n\n" } ?? ""
        return share
            + (["| \(what)objects/op | \(what)B/op | line | function | pays for |", "| --- | --- | --- | --- | --- |"]
            + rows).joined(separator: "\n")
    }

    private func line(_ group: Explanation.GoroutineChange) -> String {
        let creator = group.createdBy.map { ", started at \("\($0.file):\($0.line)".markdownCode)" } ?? ""
        let who = "\(Metric.goroutines.formatted(group.perOp)) \(Metric.goroutines)"
        return "\(who) in \(group.function.short.markdownCode) at "
            + "\("\(group.file):\(group.line)".markdownCode): \(group.state.markdown)"
            + (group.isLeaked ? ", for ever" : "") + creator
    }

    private func fenced(_ hunk: ExplainedHunk) -> String {
        let lines = hunk.excerpt(30).map { line in
            guard let line else { return "…" }
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
