import Benchmarks
import Git
import Pprof

extension Explainer {
    /// The hunks of the change that touch lines or functions whose costs differ, the most expensive first.
    func hunks(
        _ costs: KeyPath<Evidence, StackCosts>, _ difference: AttributionDifference, before: Evidence, after: Evidence,
        _ context: Context, _ sources: Sources
    ) -> [ExplainedHunk] {
        let costs = (
            before: LineCosts(attribution(before[keyPath: costs], context)),
            after: LineCosts(attribution(after[keyPath: costs], context))
        )
        let weights = FunctionWeights(difference)
        let weighed = context.changes.flatMap { change -> [(weight: Double, hunk: ExplainedHunk)] in
            change.hunks.compactMap { hunk in
                let lines = hunk.lines.map { line in
                    let cost =
                        line.newNumber.flatMap { costs.after[change.newPath, $0] }
                        ?? line.oldNumber.flatMap { line.kind == .removed ? costs.before[change.oldPath, $0] : nil }
                    return ExplainedHunk.Line(line, allocsPerOp: cost)
                }
                let weight =
                    hunk.lines.filter { $0.kind != .context }.map { line -> Double in
                        let here: (Sources.Side, String?, Int?) =
                            line.kind == .added
                            ? (.after, change.newPath, line.newNumber) : (.before, change.oldPath, line.oldNumber)
                        guard let path = here.1, let number = here.2 else { return 0 }
                        return weights.weight(path, sources.function(here.0, path, number))
                    }.max() ?? 0
                return weight > 0 ? (weight, ExplainedHunk(file: change.path, lines: lines)) : nil
            }
        }
        return weighed.sorted { $0.weight > $1.weight }.map(\.hunk)
    }
}

/// What lines allocate, in objects an iteration.
private struct LineCosts {
    private var costs: [String: [Int: Double]] = [:]

    init(_ attribution: Attribution) {
        for (site, cost) in attribution.sites { costs[site.file, default: [:]][site.line, default: 0] += cost.objects }
    }

    subscript(path: String?, line: Int) -> Double? { path.flatMap { costs[$0]?[line] } }
}

/// How much the costs of functions differ, by their names as declarations have them.
private struct FunctionWeights {
    private var weights: [String: [String: Double]] = [:]

    init(_ difference: AttributionDifference) {
        for function in difference.functions {
            let own = function.flatDifference.objects.magnitude
            let all = function.cumulativeDifference.objects.magnitude
            for name in function.function.declaredNames {
                // What a function does itself counts before what it calls.
                weights[function.file, default: [:]][name, default: 0] += own + all / 1000
            }
        }
    }

    func weight(_ file: String, _ function: String?) -> Double { function.flatMap { weights[file]?[$0] } ?? 0 }
}

extension String {
    /// The names that a function's declaration can have, by its full name: `example.com/m.(*T).Add.func1` is in `Add`.
    var declaredNames: [String] {
        let name = split(separator: "/").last ?? ""
        return name.split(separator: ".").dropFirst().filter { !$0.hasPrefix("(") }.map {
            String($0.prefix { $0 != "[" })
        }
    }
}

extension ExplainedHunk.Line {
    fileprivate init(_ line: FileChange.Line, allocsPerOp: Double?) {
        let mark =
            switch line.kind {
            case .context: " "
            case .added: "+"
            case .removed: "-"
            }
        self.init(
            mark: mark, number: line.newNumber ?? line.oldNumber ?? 0, text: line.text, allocsPerOp: allocsPerOp)
    }
}
