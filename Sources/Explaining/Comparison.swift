import Benchmarks
import Git
import GoToolchain
import Pprof

/// What profiles say of one benchmark at both commits, line beside line.
struct Comparison {
    let before, after: BenchmarkProfiles
    /// What iterations allocate, and what they leave reachable.
    let allocated, retained: CostComparison

    init(before: BenchmarkProfiles, after: BenchmarkProfiles, _ diff: CommitDiff, _ sources: SourceTexts) {
        (self.before, self.after) = (before, after)
        allocated = CostComparison(before.allocated, after.allocated, diff, sources)
        retained = CostComparison(before.retained, after.retained, diff, sources)
    }

    /// The files whose lines cost notably more or less.
    var affectedFiles: [String] { allocated.affectedFiles + retained.affectedFiles }
}

/// One sort of costs at both commits.
struct CostComparison {
    let before, after: Attribution
    let difference: AttributionDifference
    /// The iterations that the costs are averages of.
    private let span: Int

    init(_ before: StackCosts, _ after: StackCosts, _ diff: CommitDiff, _ sources: SourceTexts) {
        self.before = Attribution(before) { diff.paths.path($0.file) }
        self.after = Attribution(after) { diff.paths.path($0.file) }
        span = min(before.iterations, after.iterations)
        difference = AttributionDifference(
            before: self.before, after: self.after,
            moved: { diff.lines.newPosition(ofFile: $0, line: $1) },
            text: { side, file, line in sources.text(side == .before ? .before : .after, file, line) })
    }

    fileprivate var affectedFiles: [String] {
        let sites = difference.sites
        let (objects, bytes) = (sites.map(\.objects).max() ?? 0, sites.map(\.bytes).max() ?? 0)
        return sites.filter { $0.objects * 20 > objects || $0.bytes * 20 > bytes }.map(\.site.file)
    }

    /// The lines as they are reported, the largest difference first: the form of the language stands where no callee is
    /// known.
    func sites(_ notes: EscapeTexts, _ sources: SourceTexts) -> [Explanation.SiteChange] {
        let sites = difference.sites.map { entry in
            let site = entry.site
            let side: SourceTexts.Side = entry.isGone ? .before : .after
            let text = sources.text(side, site.file, site.line) ?? ""
            return Explanation.SiteChange(
                function: site.function, file: site.file, line: site.line,
                callee: site.callee ?? AllocationForm.form(of: text, notes: notes[side, site.file, site.line]),
                allocsPerOp: .init(before: rounded(entry.before.objects), after: rounded(entry.after.objects)),
                bytesPerOp: .init(
                    before: rounded(entry.before.bytes, unit: 64), after: rounded(entry.after.bytes, unit: 64)))
        }
        return sites.sorted(byChangeIn: \.allocsPerOp)
    }

    /// A line's cost as a whole number where stray objects of a run make the difference to it: as many as values are
    /// cleaned of, but a line that costs something is not taken for one that costs nothing for more than one of them.
    ///
    /// - Parameter unit: The size of such an object, in what is counted.
    private func rounded(_ cost: Double, unit: Double = 1) -> Double {
        let whole = cost.rounded()
        let strays = whole == 0 ? 1.5 / Double(span) : Metric.allocations.jitter(IterationPair(long: span))
        return (cost - whole).magnitude <= strays * unit ? whole : cost
    }

    /// The functions as they are reported.
    var functions: [Explanation.FunctionChange] {
        difference.functions.map { entry in
            Explanation.FunctionChange(
                function: entry.function, file: entry.file,
                flat: .init(before: entry.flatBefore.objects, after: entry.flatAfter.objects),
                cumulative: .init(before: entry.cumulativeBefore.objects, after: entry.cumulativeAfter.objects))
        }
    }
}

extension [Explanation.SiteChange] {
    /// The lines by how much they change, as far as it is printed: a stray object changes no order. Equal ones go by their
    /// place, those of test files last.
    func sorted(byChangeIn cost: (Element) -> Explanation.Change) -> Self {
        func rank(_ site: Element) -> Double { -(cost(site).difference.magnitude * 100).rounded() }
        return sorted { left, right in
            let tests = [left, right].map { $0.file.isTest ? 1 : 0 }
            return (rank(left), tests[0], left.file, left.line, left.function, left.callee ?? "")
                < (rank(right), tests[1], right.file, right.line, right.function, right.callee ?? "")
        }
    }
}

/// What the compiler says of values on the heap, by commit, file and line.
struct EscapeTexts {
    private let texts: [SourceTexts.Side: [String: [String]]]

    init(_ escapes: EscapeComparison) {
        texts = [SourceTexts.Side.before: escapes.before, .after: escapes.after].mapValues { escapes in
            Dictionary(grouping: escapes.notes.filter { $0.kind != .inlinable }) { "\($0.file):\($0.line)" }
                .mapValues { $0.map(\.text) }
        }
    }

    subscript(side: SourceTexts.Side, file: String, line: Int) -> [String] { texts[side]?["\(file):\(line)"] ?? [] }
}

extension SiteDifference {
    fileprivate var objects: Double { difference.objects.magnitude }
    fileprivate var bytes: Double { difference.bytes.magnitude }
}
