import Benchmarks
import Explaining
import Git

/// An explanation as blocks of markdown.
struct ExplanationMarkdown {
    let explanation: Explanation
    let benchmark: String
    let metric: Metric
    /// To the later commit's lines, where the document is read elsewhere; nil on this machine.
    var links: CommitLinks?

    private static let room = ExplanationOutline.Room(
        sites: 10, goroutines: 10, escapes: 10, hunks: .hunks(3, lines: 30))

    /// The explanation's blocks, below a line that names the series.
    var blocks: [String] { blocks(isBrief: false) }

    /// What belongs to this metric alone, beside another explanation of the same benchmark and commit.
    var briefBlocks: [String] { blocks(isBrief: true) }

    private func blocks(isBrief: Bool) -> [String] {
        let outline = ExplanationOutline(explanation, metric, room: ExplanationMarkdown.room, isBrief: isBrief)
        guard !outline.sections.isEmpty else { return [] }
        return ["**\(benchmark.markdownEscaped), \(metric.unit.markdownEscaped)**"] + outline.sections.flatMap(blocks)
    }

    private func blocks(of section: ExplanationOutline.Section) -> [String] {
        switch section {
        case .cause(let kind, let reason): ["Cause: **\(kind.rawValue)** (\(reason.markdownEscaped))"]
        case .modules(let shown):
            [
                list(
                    shown.elements.map { module in
                        "\(module.path.markdownCode): \((module.before ?? "none").markdownEscaped) → "
                            + (module.after ?? "none").markdownEscaped
                    })
            ] + rest(shown, "module")
        case .parents(let parents):
            [
                list(
                    parents.map { parent in
                        let link = ObjectID(parent.commit).flatMap { links?.commit($0) }
                        let name = link ?? parent.commit.shortHash.markdownCode
                        return "parent \(name): \(parent.value.map(metric.formatted) ?? "none") "
                            + metric.unit.markdownEscaped + parent.meaning
                    })
            ]
        case .sites(let shown, let share):
            [share.map { "\($0) of the difference is in these lines:" } ?? "What changed:", table(shown.elements)]
                + rest(shown, "line")
        case .goroutines(let shown):
            [
                "The goroutines left behind, in \(Metric.goroutines.unit.markdownEscaped):",
                list(shown.elements.map(line)),
            ]
                + rest(shown, "stack")
        case .instructions(let shown, let share):
            [share.map { "\($0) of the difference is here:" } ?? "What changed:", table(shown.elements)]
                + rest(shown, "line")
        case .reports(let shown):
            ["The sanitizer reports:"]
                + shown.elements.map { ExplanationMarkdown.fenced(([$0.title] + $0.lines).map(\.terminalSafe)) }
                + rest(shown, "report")
        case .hunks(let shown): shown.elements.map(fenced) + rest(shown, "hunk")
        case .escapes(let shown):
            [
                "The compiler says:",
                list(
                    shown.elements.map { escape in
                        "\(escape.when) \(place(escape.file, escape.line, isLater: escape.change == "added")): "
                            + escape.text.markdownCode
                    }),
            ] + rest(shown, "line")
        case .scaling(let points):
            [
                "allocs/op grow with b.N: "
                    + points.map { "\($0.n)x \(Metric.allocations.formatted($0.value))" }.joined(separator: ", ")
            ]
        case .proof(.reverted(let with, let without, let leftOut)):
            [
                "Reverted at the bad end: \(metric.formatted(with)) → \(metric.formatted(without)) "
                    + metric.unit.markdownEscaped
                    + (leftOut.isEmpty ? "" : ", without " + leftOut.map(\.markdownCode).joined(separator: ", "))
            ]
        case .proof(.notPossible(let reason)): ["It could not be reverted at the bad end: \(reason.markdownEscaped)"]
        case .advice(let advice):
            [
                "What usually helps:",
                list(advice.map { "\(place($0.file, $0.line, isLater: true)): \($0.text.markdownEscaped)" }),
            ]
        case .note(let note): ["Note: \(note.markdownEscaped)"]
        // Nobody else has the profiles.
        case .profiles(let command): links == nil ? ["To look closer: \(command.markdownCode)"] : []
        }
    }

    private func table(_ sites: [Explanation.SiteChange]) -> String {
        let what = metric.isRetained ? "retained " : ""
        let rows = sites.map { site in
            let callee = site.callee.map { "for \($0.markdownCodeCell)" }
            let holder = site.heldBy.map { "held by \($0.short.markdownCodeCell)" }
            // The line of what is gone is one of the earlier commit.
            let isThere = site.allocsPerOp.after > 0 || site.bytesPerOp.after > 0
            let line = place(site.file, site.line, isLater: isThere, \.markdownCodeCell)
            return "| \(Metric.allocations.signedCost(site.allocsPerOp.difference)) "
                + "| \(Metric.bytes.signedCost(site.bytesPerOp.difference)) "
                + "| \(line) | \(site.function.short.markdownCodeCell) "
                + "| \([callee, holder].compactMap { $0 }.joined(separator: ", ")) |"
        }
        return
            (["| \(what)objects/op | \(what)B/op | line | function | detail |", "| ---: | ---: | --- | --- | --- |"]
            + rows)
            .joined(separator: "\n")
    }

    private func table(_ changes: [Explanation.InstructionChange]) -> String {
        let rows = changes.map { change in
            let place = change.place.map {
                self.place($0.file, $0.line, isLater: change.perOp.after > 0, \.markdownCodeCell)
            }
            return "| \(Metric.instructions.signed(change.perOp.difference)) | \(place ?? "") "
                + "| \(change.function.short.markdownCodeCell) |"
        }
        return (["| instructions/op | line | function |", "| ---: | --- | --- |"] + rows).joined(separator: "\n")
    }

    private func line(of group: Explanation.GoroutineChange) -> String {
        let creator = group.createdBy.map {
            ", started at \(place($0.file, $0.line, isLater: group.perOp > 0)) by \($0.function.short.markdownCode)"
        }
        return "\(Metric.goroutines.signedCost(group.perOp)) \(group.state.markdownEscaped)"
            + (group.isLeaked ? ", for ever" : "")
            + " at \(place(group.file, group.line, isLater: group.perOp > 0)) in \(group.function.short.markdownCode)"
            + (creator ?? "")
    }

    /// A line of code, with a link where it is one of the later commit.
    private func place(
        _ file: String, _ line: Int, isLater: Bool, _ code: KeyPath<String, String> = \.markdownCode
    ) -> String {
        let text = "\(file):\(line)"[keyPath: code]
        return isLater ? links?.line(text, file, line) ?? text : text
    }

    private func fenced(_ hunk: ExplanationOutline.Hunk) -> String {
        let lines = zip(hunk.lines, hunk.costs).map { line, cost in
            guard let line else { return "…" }
            return "\(line.mark)\(line.text.code)\(cost.isEmpty ? "" : "  // \(cost) \(hunk.unit ?? "")")"
        }
        let place = hunk.function.map { " in \($0.markdownCode)" } ?? ""
        return "\(hunk.file.markdownCode)\(place)\n\n\(ExplanationMarkdown.fenced(lines, as: "diff"))"
    }

    private static func fenced(_ lines: [String], as language: String = "") -> String {
        let fence = String(repeating: "`", count: max(3, (lines.map { $0.longestRun(of: "`") }.max() ?? 0) + 1))
        return "\(fence)\(language)\n\(lines.joined(separator: "\n"))\n\(fence)"
    }

    private func rest<Element>(_ shown: Shown<Element>, _ noun: String) -> [String] {
        shown.rest(noun).map { [$0] } ?? []
    }

    private func list(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }
}
