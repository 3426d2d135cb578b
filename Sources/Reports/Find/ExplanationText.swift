import Benchmarks
import Explaining

/// An explanation for people: what cost more, by line, and the part of the change that did it.
struct ExplanationText {
    let explanation: Explanation
    let metric: Metric
    let style: TextStyle

    private static let room = ExplanationOutline.Room(
        sites: 6, goroutines: 4, escapes: 4, hunks: .lines(16, least: 5))

    /// The explanation's lines, without indentation.
    var lines: [String] { lines(isBrief: false) }

    /// What belongs to this metric alone, beside another explanation of the same benchmark and commit.
    var briefLines: [String] { lines(isBrief: true) }

    private func lines(isBrief: Bool) -> [String] {
        ExplanationOutline(explanation, metric, room: ExplanationText.room, isBrief: isBrief).sections.flatMap(lines)
    }

    private func lines(of section: ExplanationOutline.Section) -> [String] {
        switch section {
        case .cause(let kind, let reason): ["cause: \(style.bold(kind.rawValue)) (\(reason.terminalSafe))"]
        case .modules(let shown):
            shown.elements.map { module in
                "  \(module.path.terminalSafe) \((module.before ?? "none").terminalSafe) → \((module.after ?? "none").terminalSafe)"
            } + rest(shown, "module")
        case .parents(let parents):
            parents.map { parent in
                "  parent \(parent.commit.shortHash.terminalSafe): \(parent.value.map(metric.formatted) ?? "none") "
                    + metric.unit.terminalSafe + parent.meaning
            }
        case .sites(let shown, let share): sites(shown, share)
        case .goroutines(let shown):
            ["the goroutines left behind, in \(Metric.goroutines):"] + shown.elements.flatMap(lines)
                + rest(shown, "stack")
        case .instructions(let shown, let share): instructions(shown, share)
        case .reports(let shown):
            ["the sanitizer reports:"]
                + shown.elements.flatMap { report in
                    ["  \(report.title.terminalSafe)"] + report.lines.map { "      \($0.terminalSafe)" }
                } + rest(shown, "report")
        case .hunks(let shown): shown.elements.flatMap(lines) + rest(shown, "hunk")
        case .escapes(let shown):
            ["the compiler says:"]
                + shown.elements.map { "  \($0.when)  \(style.place($0.file, $0.line)): \($0.text.terminalSafe)" }
                + rest(shown, "line")
        case .scaling(let points): lines(of: points)
        case .proof(.reverted(let with, let without, let leftOut)):
            [
                "reverted at the bad end: \(metric.formatted(with)) → \(metric.formatted(without)) "
                    + metric.unit.terminalSafe
                    + (leftOut.isEmpty ? "" : ", without \(leftOut.map(\.terminalSafe).joined(separator: ", "))")
            ]
        case .proof(.notPossible(let reason)): ["it could not be reverted at the bad end: \(reason.terminalSafe)"]
        case .advice(let advice):
            ["what usually helps:"]
                + advice.map { "  \(style.place($0.file, $0.line)): \($0.text.terminalSafe)" }
        case .note(let note): ["note: \(note.terminalSafe)"]
        case .profiles(let command): ["open: \(command.terminalSafe)"]
        }
    }

    private func sites(
        _ shown: Shown<Explanation.SiteChange>, _ share: String?
    ) -> [String] {
        let unit = metric.isRetained || metric.isInBytes ? metric : .allocations
        let table = TextTable(
            rows: shown.elements.map { site in
                let callee = site.callee.map { "for \($0.terminalSafe)" } ?? ""
                let holder = site.heldBy.map { "held by \($0.short.terminalSafe)" } ?? ""
                return [
                    unit.signedCost(site.change(metric).difference), style.place(site.file, site.line),
                    site.function.short.terminalSafe,
                    [callee, holder].filter { !$0.isEmpty }.joined(separator: ", "),
                ]
            })
        let heading = share.map { "\($0) of the difference is in these lines" } ?? "what changed"
        return ["\(heading), in \(unit):"] + table.lines.map { "  " + $0 } + rest(shown, "line")
    }

    private func instructions(
        _ shown: Shown<Explanation.InstructionChange>, _ share: String?
    ) -> [String] {
        let table = TextTable(
            rows: shown.elements.map { change in
                [
                    Metric.instructions.signed(change.perOp.difference),
                    change.place.map { style.place($0.file, $0.line) } ?? "", change.function.short.terminalSafe,
                ]
            })
        let heading = share.map { "\($0) of the difference is here" } ?? "what changed"
        return ["\(heading), in \(Metric.instructions):"] + table.lines.map { "  " + $0 } + rest(shown, "line")
    }

    private func lines(of group: Explanation.GoroutineChange) -> [String] {
        let cost = Metric.goroutines.signedCost(group.perOp)
        let leaked = group.isLeaked ? ", for ever" : ""
        let creator = group.createdBy.map {
            "     started at \(style.place($0.file, $0.line)) by \($0.function.short.terminalSafe)"
        }
        return [
            "  \(cost)  \(group.state.terminalSafe)\(leaked)  \(style.place(group.file, group.line))  "
                + group.function.short.terminalSafe
        ] + (creator.map { [$0] } ?? [])
    }

    private func lines(of hunk: ExplanationOutline.Hunk) -> [String] {
        let place = style.place(hunk.file) + (hunk.function.map { " in \($0.terminalSafe)" } ?? "")
        let heading = hunk.unit.map { ", with \($0)" } ?? ""
        return ["\(place)\(heading):"]
            + zip(hunk.lines, hunk.costs).map { line, cost in
                guard let line else { return "  \("…".aligned(to: hunk.margin + 2 + hunk.width))" }
                let number = "\(line.number)".aligned(to: hunk.width)
                let text = "\(cost.aligned(to: hunk.margin))  \(number) \(line.mark) \(line.text.code)"
                return "  " + (line.mark == "+" ? style.green(text) : line.mark == "-" ? style.red(text) : text)
            }
    }

    /// The costs as numbers, and as a bar each on a terminal.
    private func lines(of points: [Explanation.ScalingPoint]) -> [String] {
        let most = points.map(\.value).max() ?? 0
        return ["allocs/op grow with b.N:"]
            + points.map { point in
                let length = Int((point.value / most * 30).rounded())
                let bar = style.hasColor ? "  " + String(repeating: "█", count: length) : ""
                return "  \("\(point.n)x".aligned(to: 7))  "
                    + Metric.allocations.formatted(point.value).aligned(to: 12) + bar
            }
    }

    private func rest<Element>(_ shown: Shown<Element>, _ noun: String) -> [String] {
        shown.rest(noun).map { ["  \($0)"] } ?? []
    }
}
