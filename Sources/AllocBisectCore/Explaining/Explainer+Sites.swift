import Benchmarks
import Git
import GoToolchain
import Pprof

extension Explainer {
    /// Puts the costs of both commits beside each other, line by line.
    func difference(
        _ costs: KeyPath<Evidence, StackCosts>, before: Evidence, after: Evidence, _ context: Context,
        _ sources: Sources
    ) -> AttributionDifference {
        AttributionDifference(
            before: attribution(before[keyPath: costs], context), after: attribution(after[keyPath: costs], context),
            moved: { context.lines.newPosition(ofFile: $0, line: $1) },
            text: { side, file, line in sources.text(side == .before ? .before : .after, file, line) })
    }

    func attribution(_ costs: StackCosts, _ context: Context) -> Attribution {
        Attribution(costs) { context.paths.path($0.file) }
    }

    /// The lines as they are reported: the form of the language stands where no callee is known.
    func sites(
        _ difference: AttributionDifference, _ escapes: (before: Escapes, after: Escapes), _ sources: Sources
    ) -> [Explanation.SiteChange] {
        let notes = (before: Explainer.notes(escapes.before), after: Explainer.notes(escapes.after))
        return difference.sites.map { entry in
            let site = entry.site
            let text = sources.text(entry.isGone ? .before : .after, site.file, site.line) ?? ""
            let said = (entry.isGone ? notes.before : notes.after)["\(site.file):\(site.line)"] ?? []
            return Explanation.SiteChange(
                function: site.function, file: site.file, line: site.line,
                callee: site.callee ?? AllocationForm.form(of: text, notes: said),
                allocsPerOp: .init(before: entry.before.objects, after: entry.after.objects),
                bytesPerOp: .init(before: entry.before.bytes, after: entry.after.bytes))
        }
    }

    /// What the compiler says of values on the heap, by file and line.
    private static func notes(_ escapes: Escapes) -> [String: [String]] {
        Dictionary(grouping: escapes.notes.filter { $0.kind != .inlinable }) { "\($0.file):\($0.line)" }
            .mapValues { $0.map(\.text) }
    }

    func functions(_ difference: AttributionDifference) -> [Explanation.FunctionChange] {
        difference.functions.map { entry in
            Explanation.FunctionChange(
                function: entry.function, file: entry.file,
                flat: .init(before: entry.flatBefore.objects, after: entry.flatAfter.objects),
                cumulative: .init(before: entry.cumulativeBefore.objects, after: entry.cumulativeAfter.objects))
        }
    }
}
