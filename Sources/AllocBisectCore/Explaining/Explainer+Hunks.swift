import Benchmarks
import Git
import Pprof

extension Explainer {
    /// The hunks of the change in files that decide the measurement: those that touch lines or functions whose costs
    /// differ come first, the most expensive ones before others, then the code before everything else.
    func hunks(
        _ costs: CostComparison, _ cause: Cause, _ context: Context, _ sources: Sources
    ) -> [ExplainedHunk] {
        let lineCosts = (before: LineCosts(costs.before), after: LineCosts(costs.after))
        let weights = FunctionWeights(costs.difference)
        let files = cause.files
        var weighed: [(weight: Double, hunk: ExplainedHunk)] = []
        for change in context.changes where files.contains(change.path) {
            for hunk in change.hunks {
                var (weight, function) = (0.0, String?.none)
                for line in hunk.lines where line.kind != .context {
                    let isNew = line.kind == .added
                    guard let path = isNew ? change.newPath : change.oldPath,
                        let number = isNew ? line.newNumber : line.oldNumber
                    else { continue }
                    let name = sources.function(isNew ? .after : .before, path, number)
                    function = function ?? name
                    weight = max(weight, weights.weight(path, name))
                }
                let lines = hunk.lines.map { line in
                    let now = line.newNumber.flatMap { lineCosts.after[change.newPath, $0] }
                    let then =
                        line.kind == .removed ? line.oldNumber.flatMap { lineCosts.before[change.oldPath, $0] } : nil
                    return ExplainedHunk.Line(line, allocsPerOp: now ?? then)
                }
                weighed.append((weight, ExplainedHunk(file: change.path, function: function, lines: lines)))
            }
        }
        func rank(_ entry: (offset: Int, element: (weight: Double, hunk: ExplainedHunk))) -> (Int, Int) {
            (ChangedPart(entry.element.hunk.file) == .code ? 0 : 1, entry.offset)
        }
        return weighed.enumerated()
            .sorted {
                $0.element.weight != $1.element.weight ? $0.element.weight > $1.element.weight : rank($0) < rank($1)
            }
            .prefix(Explainer.keptHunks).map(\.element.hunk)
    }

    /// A change of everything is no explanation.
    private static let keptHunks = 50
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
