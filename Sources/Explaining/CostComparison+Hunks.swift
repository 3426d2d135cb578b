import Git
import Pprof

extension CostComparison {
    /// The hunks of the change in files that decide the measurement: those that hold lines whose costs differ come first,
    /// the most expensive ones before others, then those in functions whose costs differ, then the code before everything
    /// else.
    func hunks(
        inBytes: Bool, _ cause: Cause, _ diff: CommitDiff, _ sources: SourceTexts
    ) -> [ExplainedHunk] {
        let lineCosts = (before: LineCosts(before), after: LineCosts(after))
        let (named, weights) = (NamedLines(difference, inBytes: inBytes), FunctionWeights(difference))
        let files = cause.files
        var weighed: [(named: Double, weight: Double, hunk: ExplainedHunk)] = []
        for change in diff.changes where files.contains(change.path) {
            for hunk in change.hunks {
                var (first, heading) = (String?.none, (size: 0.0, function: String?.none))
                var (sum, weight) = (0.0, 0.0)
                for line in hunk.lines {
                    let side: SourceTexts.Side = line.kind == .removed ? .before : .after
                    guard let path = side == .after ? change.newPath : change.oldPath,
                        let number = side == .after ? line.newNumber : line.oldNumber
                    else { continue }
                    let size = named.size(side, path, number)
                    guard size > 0 || line.kind != .context else { continue }
                    let name = sources.function(side, path, number)
                    sum += size
                    if size > heading.size { heading = (size, name) }
                    guard line.kind != .context else { continue }
                    first = first ?? name
                    weight = max(weight, weights.weight(path, name))
                }
                let lines = hunk.lines.map { line in
                    let now = line.newNumber.flatMap { lineCosts.after[change.newPath, $0] }
                    let then =
                        line.kind == .removed ? line.oldNumber.flatMap { lineCosts.before[change.oldPath, $0] } : nil
                    return ExplainedHunk.Line(line, allocsPerOp: now ?? then)
                }
                let function = heading.size > 0 ? heading.function : first
                weighed.append((sum, weight, ExplainedHunk(file: change.path, function: function, lines: lines)))
            }
        }
        return weighed.enumerated()
            .sorted { left, right in
                let (a, b) = (left.element, right.element)
                if a.named != b.named { return a.named > b.named }
                if a.weight != b.weight { return a.weight > b.weight }
                let (isCode, isOtherCode) = (ChangedPart(a.hunk.file) == .code, ChangedPart(b.hunk.file) == .code)
                return isCode != isOtherCode ? isCode : left.offset < right.offset
            }
            .prefix(max(CostComparison.keptHunks, weighed.count { $0.named > 0 })).map(\.element.hunk)
    }

    /// A change of everything explains nothing.
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

/// The lines whose costs differ, and by how much.
private struct NamedLines {
    private var sizes: [SourceTexts.Side: [String: [Int: Double]]] = [:]

    init(_ difference: AttributionDifference, inBytes: Bool) {
        for entry in difference.sites {
            let size = (inBytes ? entry.difference.bytes : entry.difference.objects).magnitude
            let side: SourceTexts.Side = entry.isGone ? .before : .after
            sizes[side, default: [:]][entry.site.file, default: [:]][entry.site.line, default: 0] += size
        }
    }

    func size(_ side: SourceTexts.Side, _ file: String, _ line: Int) -> Double { sizes[side]?[file]?[line] ?? 0 }
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
