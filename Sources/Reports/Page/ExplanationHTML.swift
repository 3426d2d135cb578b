import AllocBisectCore
import Benchmarks

/// An explanation as a part of an HTML page.
struct ExplanationHTML {
    let explanation: Explanation
    let metric: Metric

    /// How many of each sort are shown; the rest is counted.
    private static let (most, hunks, hunkLines) = (10, 3, 30)

    /// All of it.
    var text: String {
        "<p>Cause: <b>\(explanation.kind.rawValue)</b>, \(explanation.reason.markup)\n"
            + list(
                explanation.modules.map {
                    "<code>\($0.path.markup)</code> \(($0.before ?? "none").markup) → \(($0.after ?? "none").markup)"
                }) + list(explanation.parents.map(parent)) + costs + hunks + escapes + ladder + proof
            + explanation.warnings.map { "<p>Note: \($0.markup)\n" }.joined()
            + [explanation.profiles, explanation.cpuProfiles].compactMap {
                $0.map { "<p>To look closer: <code class=command>\($0.command.markup)</code>\n" }
            }.joined()
    }

    /// What belongs to this metric alone, beside another explanation of the same benchmark and commit.
    var brief: String { costs + ladder + proof }

    private func parent(_ parent: Explanation.ParentValue) -> String {
        "parent <code>\(parent.commit.prefix(10))</code>: \(parent.value.map(metric.formatted) ?? "none") "
            + metric.unit.markup + (parent.agrees ? ", as here: the change came with this branch" : "")
    }

    private var costs: String {
        if metric == .goroutines { return goroutines }
        let sites = explanation.sites(for: metric)
        guard !sites.isEmpty else { return "" }
        let share = explanation.percentage(for: metric).map { "\($0) of the difference is in these lines:" }
        let what = metric.isRetained ? "retained " : ""
        let rows = sites.prefix(ExplanationHTML.most).map { site in
            let callee = site.callee.map { "for \($0.markup)" } ?? ""
            let holder = site.heldBy.map { "held by <code>\($0.short.markup)</code>" } ?? ""
            return "<tr><td class=number>\(Metric.allocations.signedCost(site.allocsPerOp.difference))"
                + "<td class=number>\(Metric.bytes.signedCost(site.bytesPerOp.difference))"
                + "<td><code>\(site.file.markup):\(site.line)</code><td><code>\(site.function.short.markup)</code>"
                + "<td>\([callee, holder].filter { !$0.isEmpty }.joined(separator: ", "))\n"
        }
        return "<p>\(share ?? "What changed:")\n<div class=scroll><table class=sites><thead><tr>"
            + "<th scope=col class=number>\(what)objects/op<th scope=col class=number>\(what)B/op"
            + "<th scope=col>line<th scope=col>function<th scope=col>pays for\n<tbody>\n\(rows.joined())</table></div>\n"
            + more(sites.count - rows.count, "line")
    }

    private var goroutines: String {
        guard !explanation.goroutines.isEmpty else { return "" }
        let items = explanation.goroutines.prefix(ExplanationHTML.most).map { group in
            let creator = group.createdBy.map {
                ", started at <code>\($0.file.markup):\($0.line)</code> by <code>\($0.function.short.markup)</code>"
            }
            return "\(Metric.goroutines.formatted(group.perOp)) in <code>\(group.function.short.markup)</code> at "
                + "<code>\(group.file.markup):\(group.line)</code>: \(group.state.markup)"
                + (group.isLeaked ? ", for ever" : "") + (creator ?? "")
        }
        return "<p>The goroutines that stay, in \(Metric.goroutines):\n" + list(items)
            + more(explanation.goroutines.count - items.count, "stack")
    }

    private var hunks: String {
        let shown = explanation.hunks(atMost: ExplanationHTML.hunks, for: metric, lines: ExplanationHTML.most)
        return shown.map(figure).joined() + more(explanation.hunks.count - shown.count, "hunk")
    }

    /// A hunk with what its lines cost in the margin.
    private func figure(_ hunk: ExplainedHunk) -> String {
        let place = hunk.function.map { " in <code>\($0.markup)</code>" } ?? ""
        let excerpt = hunk.excerpt(ExplanationHTML.hunkLines)
        let costs = excerpt.map { $0?.allocsPerOp.map(Metric.allocations.formatted) ?? "0" }.map { $0 == "0" ? "" : $0 }
        let margin = costs.map(\.count).max() ?? 0
        let width = excerpt.map { $0.map { "\($0.number)".count } ?? 0 }.max() ?? 0
        let lines = zip(excerpt, costs).map { line, cost in
            guard let line else { return "…".aligned(to: margin + 2 + width) }
            let text =
                "\(cost.aligned(to: margin))  \("\(line.number)".aligned(to: width)) \(line.mark.markup) "
                + line.text.code.markup
            return line.mark == "+" ? "<ins>\(text)</ins>" : line.mark == "-" ? "<del>\(text)</del>" : text
        }
        let unit = margin == 0 ? "" : ", with \(metric.isRetained ? "retained objects" : "allocs")/op"
        return "<figure><figcaption><code>\(hunk.file.markup)</code>\(place)\(unit)</figcaption>\n"
            + "<pre>\(lines.joined(separator: "\n"))</pre></figure>\n"
    }

    private var escapes: String {
        guard !explanation.escapes.isEmpty else { return "" }
        let items = explanation.escapes.prefix(ExplanationHTML.most).map { escape in
            "\(escape.change == "added" ? "now" : "no longer") <code>\(escape.file.markup):\(escape.line)</code>: "
                + "<code>\(escape.text.markup)</code>"
        }
        return "<p>The compiler says:\n" + list(items) + more(explanation.escapes.count - items.count, "line")
    }

    private var ladder: String {
        guard !explanation.ladder.isEmpty else { return "" }
        let rungs = explanation.ladder.map { "\($0.n)x \(Metric.allocations.formatted($0.value))" }
        return "<p>allocs/op grow with b.N: \(rungs.joined(separator: ", "))\n"
    }

    private var proof: String {
        switch explanation.proof {
        case .reverted(let with, let without, let leftOut):
            "<p>Taken back on the bad end: \(metric.formatted(with)) → \(metric.formatted(without)) \(metric.unit.markup)"
                + (leftOut.isEmpty ? "" : ", without " + leftOut.map(\.markup).joined(separator: ", ")) + "\n"
        case .notPossible(let reason): "<p>It could not be taken back on the bad end: \(reason.markup)\n"
        case nil: ""
        }
    }

    private func list(_ items: [String]) -> String {
        items.isEmpty ? "" : "<ul>\n\(items.map { "<li>\($0)\n" }.joined())</ul>\n"
    }

    private func more(_ count: Int, _ noun: String) -> String {
        count > 0 ? "<p>… and \(count) more \(noun)\(count == 1 ? "" : "s")\n" : ""
    }
}
