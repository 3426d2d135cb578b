import Benchmarks
import Explaining
import Git

/// An explanation as a part of an HTML page.
struct ExplanationHTML {
    let explanation: Explanation
    let metric: Metric
    /// The later commit, whose lines are linked.
    let commit: ObjectID
    let origin: ReportOrigin

    private static let room = ExplanationOutline.Room(
        sites: 10, goroutines: 10, escapes: 10, hunks: .hunks(3, lines: 30))

    /// The whole explanation as HTML without the frame of a page.
    var text: String { text(isBrief: false) }

    /// What belongs to this metric alone, beside another explanation of the same benchmark and commit.
    var brief: String { text(isBrief: true) }

    private func text(isBrief: Bool) -> String {
        let outline = ExplanationOutline(explanation, metric, room: ExplanationHTML.room, isBrief: isBrief)
        return outline.sections.map(text).joined()
    }

    private func text(of section: ExplanationOutline.Section) -> String {
        switch section {
        case .cause(let kind, let reason): "<p>Cause: <b>\(kind.rawValue)</b> (\(reason.htmlEscaped))\n"
        case .modules(let shown):
            list(
                shown.elements.map {
                    "<code>\($0.path.htmlEscaped)</code> \(($0.before ?? "none").htmlEscaped) → \(($0.after ?? "none").htmlEscaped)"
                }) + rest(shown, "module")
        case .parents(let parents):
            list(
                parents.map { parent in
                    let link = ObjectID(parent.commit).map { origin.link($0) }
                    return "parent \(link ?? "<code>\(parent.commit.shortHash.htmlEscaped)</code>"): "
                        + "\(parent.value.map(metric.formatted) ?? "none") \(metric.unit.htmlEscaped)\(parent.meaning)"
                })
        case .sites(let shown, let share):
            "<p>\(share.map { "\($0) of the difference is in these lines:" } ?? "What changed:")\n"
                + table(shown.elements) + rest(shown, "line")
        case .goroutines(let shown):
            "<p>The goroutines left behind, in \(Metric.goroutines.unit.htmlEscaped):\n"
                + list(shown.elements.map(item))
                + rest(shown, "stack")
        case .instructions(let shown, let share):
            "<p>\(share.map { "\($0) of the difference is here:" } ?? "What changed:")\n" + table(shown.elements)
                + rest(shown, "line")
        case .reports(let shown):
            "<p>The sanitizer reports:\n"
                + shown.elements.map { report in
                    let lines = [report.title] + report.lines.map { "    " + $0 }
                    return "<pre>\(lines.map(\.htmlEscaped).joined(separator: "\n"))</pre>\n"
                }.joined() + rest(shown, "report")
        case .hunks(let shown): shown.elements.map(figure).joined() + rest(shown, "hunk")
        case .escapes(let shown):
            "<p>The compiler says:\n"
                + list(
                    shown.elements.map { escape in
                        "\(escape.when) \(link(escape.file, escape.line, isLater: escape.change == "added")): "
                            + "<code>\(escape.text.htmlEscaped)</code>"
                    }) + rest(shown, "line")
        case .scaling(let points):
            "<p>allocs/op grow with b.N: "
                + points.map { "\($0.n)x \(Metric.allocations.formatted($0.value))" }.joined(separator: ", ") + "\n"
        case .proof(.reverted(let with, let without, let leftOut)):
            "<p>Reverted at the bad end: \(metric.formatted(with)) → \(metric.formatted(without)) \(metric.unit.htmlEscaped)"
                + (leftOut.isEmpty ? "" : ", without " + leftOut.map(\.htmlEscaped).joined(separator: ", ")) + "\n"
        case .proof(.notPossible(let reason)): "<p>It could not be reverted at the bad end: \(reason.htmlEscaped)\n"
        case .advice(let advice):
            "<p>What usually helps:\n"
                + list(advice.map { "\(link($0.file, $0.line, isLater: true)): \($0.text.htmlEscaped)" })
        case .note(let note): "<p>Note: \(note.htmlEscaped)\n"
        // They are on the machine where the page was made.
        case .profiles: ""
        }
    }

    private func table(_ sites: [Explanation.SiteChange]) -> String {
        let what = metric.isRetained ? "retained " : ""
        let rows = sites.map { site in
            let callee = site.callee.map { "for <code>\($0.htmlEscaped)</code>" } ?? ""
            let holder = site.heldBy.map { "held by <code>\($0.short.htmlEscaped)</code>" } ?? ""
            return "<tr><td class=number>\(Metric.allocations.signedCost(site.allocsPerOp.difference))"
                + "<td class=number>\(Metric.bytes.signedCost(site.bytesPerOp.difference))"
                + "<td>\(link(site.file, site.line, isLater: site.allocsPerOp.after > 0))<td><code>\(site.function.short.htmlEscaped)</code>"
                + "<td>\([callee, holder].filter { !$0.isEmpty }.joined(separator: ", "))\n"
        }
        return "<div class=scroll><table class=sites><thead><tr>"
            + "<th scope=col class=number>\(what)objects/op<th scope=col class=number>\(what)B/op"
            + "<th scope=col>line<th scope=col>function<th scope=col>detail\n<tbody>\n\(rows.joined())</table></div>\n"
    }

    private func table(_ changes: [Explanation.InstructionChange]) -> String {
        let rows = changes.map { change in
            let place = change.place.map { link($0.file, $0.line, isLater: change.perOp.after > 0) } ?? ""
            return "<tr><td class=number>\(Metric.instructions.signed(change.perOp.difference))<td>\(place)"
                + "<td><code>\(change.function.short.htmlEscaped)</code>\n"
        }
        return "<div class=scroll><table class=sites><thead><tr><th scope=col class=number>instructions/op"
            + "<th scope=col>line<th scope=col>function\n<tbody>\n\(rows.joined())</table></div>\n"
    }

    private func item(of group: Explanation.GoroutineChange) -> String {
        let creator = group.createdBy.map {
            ", started at \(link($0.file, $0.line, isLater: group.perOp > 0)) by <code>\($0.function.short.htmlEscaped)</code>"
        }
        return "\(Metric.goroutines.signedCost(group.perOp)) \(group.state.htmlEscaped)"
            + (group.isLeaked ? ", for ever" : "")
            + " at \(link(group.file, group.line, isLater: group.perOp > 0)) in <code>\(group.function.short.htmlEscaped)</code>"
            + (creator ?? "")
    }

    private func link(_ file: String, _ line: Int, isLater: Bool) -> String {
        origin.link(file, line, at: isLater ? commit : nil)
    }

    /// A hunk with what its lines cost in the margin.
    private func figure(_ hunk: ExplanationOutline.Hunk) -> String {
        let lines = zip(hunk.lines, hunk.costs).map { line, cost in
            guard let line else { return "…".aligned(to: hunk.margin + 2 + hunk.width) }
            let text =
                "\(cost.aligned(to: hunk.margin))  \("\(line.number)".aligned(to: hunk.width)) \(line.mark.htmlEscaped) "
                + line.text.code.htmlEscaped
            return line.mark == "+" ? "<ins>\(text)</ins>" : line.mark == "-" ? "<del>\(text)</del>" : text
        }
        let place = hunk.function.map { " in <code>\($0.htmlEscaped)</code>" } ?? ""
        let unit = hunk.unit.map { ", with \($0)" } ?? ""
        return "<figure><figcaption><code>\(hunk.file.htmlEscaped)</code>\(place)\(unit)</figcaption>\n"
            + "<pre>\(lines.joined(separator: "\n"))</pre></figure>\n"
    }

    private func rest<Element>(_ shown: Shown<Element>, _ noun: String) -> String {
        shown.rest(noun).map { "<p>\($0)\n" } ?? ""
    }

    private func list(_ items: [String]) -> String { "<ul>\n\(items.map { "<li>\($0)\n" }.joined())</ul>\n" }
}
