import Benchmarks
import Explaining

/// What a document says of an explanation, and in which order: decided here once, so that text, markdown and HTML differ
/// in nothing but their marks and the room they have.
struct ExplanationOutline {
    /// One part of it. A format switches over all of them.
    enum Section {
        case cause(Explanation.Kind, reason: String)
        case modules(Shown<Explanation.ModuleChange>)
        /// The values at a merge's parents.
        case parents([Explanation.ParentValue])
        /// The lines that cost more or less, and how much of the difference they are.
        case sites(Shown<Explanation.SiteChange>, share: String?)
        case goroutines(Shown<Explanation.GoroutineChange>)
        /// The lines and functions that execute more or fewer instructions, and how much of the difference they are.
        case instructions(Shown<Explanation.InstructionChange>, share: String?)
        /// What a sanitizer reports.
        case reports(Shown<SanitizerReport>)
        case hunks(Shown<Hunk>)
        case escapes(Shown<Explanation.Escape>)
        /// Costs at growing iteration counts.
        case scaling([Explanation.ScalingPoint])
        case proof(Explanation.Proof)
        /// What usually helps against a cause of this kind.
        case advice([Advice])
        case note(String)
        /// The command that opens the kept profiles.
        case profiles(command: String)
    }

    /// How much of each sort a format has room for; the rest is counted.
    struct Room {
        var sites, goroutines, escapes: Int
        var modules = 5
        var reports = 5
        var hunks: Hunks

        enum Hunks {
            /// This many lines in all; at least some of each hunk with a line that is named.
            case lines(Int, least: Int)
            /// This many hunks, and all that hold such a line, of this many lines each.
            case hunks(Int, lines: Int)
        }
    }

    /// The parts in order.
    let sections: [Section]

    /// The outline of an explanation of one metric.
    ///
    /// - Parameter isBrief: Whether only what belongs to this metric alone is wanted, beside another explanation of the
    ///   same benchmark and commit.
    init(_ explanation: Explanation, _ metric: Metric, room: Room, isBrief: Bool = false) {
        let costs = ExplanationOutline.costs(explanation, metric, room)
        var own: [Section] = []
        if explanation.scaling.contains(where: { $0.value > 0 }) { own.append(.scaling(explanation.scaling)) }
        if let proof = explanation.proof { own.append(.proof(proof)) }
        guard !isBrief else {
            sections = costs + own + explanation.warnings.map(Section.note)
            return
        }
        var context: [Section] = [.cause(explanation.kind, reason: explanation.reason)]
        if !explanation.modules.isEmpty {
            context.append(.modules(Shown(explanation.modules, atMost: room.modules)))
        }
        if !explanation.parents.isEmpty { context.append(.parents(explanation.parents)) }
        var code: [Section] = []
        if !explanation.hunks.isEmpty { code.append(.hunks(ExplanationOutline.hunks(explanation, metric, room))) }
        if !explanation.escapes.isEmpty { code.append(.escapes(Shown(explanation.escapes, atMost: room.escapes))) }
        let advice = explanation.advice(for: metric)
        if !advice.isEmpty { own.append(.advice(advice)) }
        sections =
            context + costs + code + own + explanation.warnings.map(Section.note)
            + [explanation.profiles, explanation.cpuProfiles].compactMap {
                $0.map { .profiles(command: $0.opening ?? $0.command) }
            }
    }

    private static func costs(_ explanation: Explanation, _ metric: Metric, _ room: Room) -> [Section] {
        if metric == .goroutines {
            return explanation.goroutines.isEmpty
                ? [] : [.goroutines(Shown(explanation.goroutines, atMost: room.goroutines))]
        }
        if metric == .reports {
            return explanation.reports.isEmpty ? [] : [.reports(Shown(explanation.reports, atMost: room.reports))]
        }
        if metric == .instructions {
            return explanation.instructions.isEmpty
                ? []
                : [
                    .instructions(
                        Shown(explanation.instructions, atMost: room.sites),
                        share: explanation.share.map { "\(Int(($0 * 100).rounded())) %" })
                ]
        }
        let sites = explanation.sites(for: metric)
        guard !sites.isEmpty else { return [] }
        return [.sites(Shown(sites, atMost: room.sites), share: explanation.percentage(for: metric))]
    }
}

extension ExplanationOutline {
    /// A part of the change, with what its lines cost in the margin.
    struct Hunk {
        let file: String
        let function: String?
        /// The lines; nil stands for some that are left out.
        let lines: [ExplainedHunk.Line?]
        /// What each line costs, empty for nothing.
        let costs: [String]
        /// The unit of the costs; nil when no line has one.
        let unit: String?
        /// The columns of the costs and of the line numbers.
        let margin, width: Int

        init(_ hunk: ExplainedHunk, _ metric: Metric, atMost most: Int) {
            (file, function) = (hunk.file, hunk.function)
            lines = hunk.excerpt(most)
            costs = lines.map { line in
                let text = line?.allocsPerOp.map(Metric.allocations.formatted) ?? ""
                return text == "0" ? "" : text
            }
            let hasCosts = costs.contains { !$0.isEmpty }
            unit = hasCosts ? (metric.isRetained ? "retained objects/op" : "allocs/op") : nil
            margin = costs.map(\.count).max() ?? 0
            width = lines.map { $0.map { "\($0.number)".count } ?? 0 }.max() ?? 0
        }
    }

    private static func hunks(_ explanation: Explanation, _ metric: Metric, _ room: Room) -> Shown<Hunk> {
        switch room.hunks {
        case .hunks(let most, let lines):
            let shown = explanation.hunks(atMost: most, for: metric, lines: room.sites)
            let hunks = shown.map { Hunk($0, metric, atMost: lines) }
            return Shown(hunks, more: explanation.hunks.count - hunks.count)
        case .lines(let most, let least):
            let named = explanation.hunks(atMost: 1, for: metric, lines: room.sites)
            // What holds a line that is named above is never the part that is left out.
            let share = max(most / max(1, named.count), least)
            var left = most
            var hunks: [Hunk] = []
            for (index, hunk) in explanation.hunks.enumerated() where left > 0 || index < named.count {
                let isLast = index == named.count - 1
                hunks.append(
                    Hunk(hunk, metric, atMost: isLast ? max(left, share) : index < named.count ? share : left))
                left -= hunks[hunks.count - 1].lines.count
            }
            return Shown(hunks, more: explanation.hunks.count - hunks.count)
        }
    }
}

extension Explanation.Escape {
    /// When the compiler says it.
    var when: String { change == "added" ? "now" : "no longer" }
}

extension Explanation.ParentValue {
    /// What its value means, to follow it.
    var meaning: String { agrees ? ", as here: the change came with this branch" : "" }
}
