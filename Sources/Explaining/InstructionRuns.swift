import Benchmarks
import Git
import GoToolchain
import Measuring
import Pprof

/// Runs of a question's benchmarks with their instructions counted line by line, which tell where there are more of them.
struct InstructionRuns: Sendable {
    let workshop: any Workshop
    let question: Explainer.Question

    /// What was counted at one commit: what an iteration executes by line, as stacks of one call.
    private struct Side: Sendable {
        var byName: [String: StackCosts] = [:]
        var failure: Failure?
    }

    /// What was counted at both commits, by benchmark, and why something was not, as sentences.
    func comparisons(
        _ diff: CommitDiff, _ sources: SourceTexts
    ) async throws -> (byName: [String: InstructionComparison], failures: [String]) {
        guard workshop.countsLines else {
            let reason =
                "only valgrind tells which lines execute the instructions (on Debian and Ubuntu: apt install valgrind)"
            return ([:], [reason])
        }
        async let atBefore = side(at: question.before.id)
        let after = try await side(at: question.after.id)
        let before = try await atBefore
        let failures = [(before.failure, question.before), (after.failure, question.after)].compactMap {
            failure, commit in failure.map { "\(commit.id.short) was not counted line by line: \($0)" }
        }
        var comparisons: [String: InstructionComparison] = [:]
        for (name, costs) in before.byName {
            guard let other = after.byName[name] else { continue }
            comparisons[name] = InstructionComparison(costs, other, diff, sources)
        }
        return (comparisons, failures)
    }

    private func side(at commit: ObjectID) async throws -> Side {
        let target = question.target
        let pair = question.measuredAfter.pair ?? question.measuredBefore.pair ?? .standard
        return try await workshop.withWorkplace(for: target, at: commit) { place in
            var build = place.buildOptions
            build.keepsDebugInformation = true
            let binary: TestBinary
            switch try await place.binary(named: "counted", build) {
            case .failed(let failure): return Side(failure: failure)
            case .built(let built): binary = built
            }
            var side = Side()
            for name in Set(question.series.filter { $0.metric == .instructions }.map(\.benchmark)) {
                var sums: [[Profile.Frame]: Cost] = [:]
                for (iterations, sign) in [(pair.long, 1.0), (pair.short, -1)]
                where iterations == pair.long || pair.span > 0 {
                    let counted = try await binary.instructions(
                        of: name, by: target.pattern, function: target.function, iterations: iterations, cpu: place.cpu,
                        output: place.output)
                    switch counted {
                    case .failure(let failure):
                        side.failure = side.failure ?? failure.reason
                        sums = [:]
                    case .success(let counted):
                        for (line, count) in counted.lines {
                            let frame = Profile.Frame(function: line.function, file: line.file, line: line.line)
                            sums[[frame], default: .zero] += Cost(objects: sign * Double(count), bytes: 0)
                        }
                    }
                }
                if side.failure == nil { side.byName[name] = StackCosts(sums, span: max(1, pair.span)) }
            }
            return side
        }
    }
}

/// The instructions of one benchmark at both commits: line beside line in the repository, and function beside function
/// outside of it.
struct InstructionComparison {
    let own: CostComparison
    private let others: [String: Explanation.Change]

    fileprivate init(_ before: StackCosts, _ after: StackCosts, _ diff: CommitDiff, _ sources: SourceTexts) {
        own = CostComparison(before, after, diff, sources)
        func functions(_ costs: StackCosts) -> [String: Double] {
            costs.costs.reduce(into: [:]) { functions, entry in
                guard let frame = entry.key.first, diff.paths.path(frame.file) == nil else { return }
                functions[frame.function, default: 0] += entry.value.objects
            }
        }
        let (then, now) = (functions(before), functions(after))
        others = then.merging(now) { one, _ in one }.keys.reduce(into: [:]) { changes, function in
            changes[function] = .init(before: then[function] ?? 0, after: now[function] ?? 0)
        }
    }

    /// The lines and functions with a fiftieth of a difference or more, the largest first.
    func changes(of difference: Double) -> [Explanation.InstructionChange] {
        let lines = own.difference.sites.map { entry in
            Explanation.InstructionChange(
                function: entry.site.function, file: entry.site.file, line: entry.site.line,
                perOp: .init(before: entry.before.objects, after: entry.after.objects))
        }
        let functions = others.map { Explanation.InstructionChange(function: $0.key, perOp: $0.value) }
        return (lines + functions).filter { $0.perOp.difference.magnitude >= 0.02 * difference.magnitude }
            .sorted { left, right in
                let sizes = (left.perOp.difference.magnitude, right.perOp.difference.magnitude)
                return sizes.0 != sizes.1
                    ? sizes.0 > sizes.1
                    : (left.file ?? "", left.line ?? 0, left.function) < (
                        right.file ?? "", right.line ?? 0, right.function
                    )
            }
    }
}
