import Benchmarks
import Bisection
import Git
import Measuring

extension Session {
    /// Searches benchmarks that the good end does not have yet from the first commit on that has them, along first
    /// parents, so that what grew after it was new is found.
    mutating func searchNewBenchmarks(_ verdict: inout Verdict) async throws {
        var targets: [ObjectID: Set<Measurement.Target>] = [:]
        for target in Set(verdict.series.filter { $0.outcome == .new }.map(\.target)).sorted() {
            guard let first = try await firstCommit(with: target), first != range.bad else { continue }
            targets[first, default: []].insert(target)
        }
        for (first, targets) in targets.sorted(by: { $0.key < $1.key }) {
            var request = request
            request.range = try RevisionRange("\(first)..\(range.bad)")
            request.searchesNewBenchmarks = false
            request.selection.packages = Set(targets.map(\.package)).sorted().map { $0 == "." ? "." : "./\($0)" }
            // Packages are named from the root.
            let range = try SearchRange(
                Repository(discovering: measurements.directory), range: request.range, firstParent: request.firstParent,
                from: "")
            var session = Session(request, range, measurements, explainer, deadline: deadline)
            let found = try await session.find()
            verdict.take(found, of: targets, from: first)
        }
        verdict.series.sort { $0.outcome.rank < $1.outcome.rank }
    }

    /// The first commit along first parents that declares a target's benchmark, which all after it do as well.
    private func firstCommit(with target: Measurement.Target) async throws -> ObjectID? {
        let repository = try Repository(discovering: measurements.directory)
        let line = try repository.walk(from: range.bad, excluding: [range.base], firstParent: true).map(\.id)
        var selection = BenchmarkSelection()
        selection.kinds = request.selection.kinds
        selection.packages = [target.package == "." ? "." : "./\(target.package)"]
        // The newest one has it; that at `beyond` has not, or is the good end.
        var (oldest, beyond) = (0, line.count)
        while oldest + 1 < beyond {
            let middle = (oldest + beyond) / 2
            let listed = try await measurements.targets(of: selection, at: line[middle], from: "")
            let has = listed.contains { $0.targets.contains { $0.function == target.function } }
            if has { oldest = middle } else { beyond = middle }
        }
        return line.indices.contains(oldest) ? line[oldest] : nil
    }
}

extension Verdict {
    /// Takes over what another search found about some targets.
    fileprivate mutating func take(_ found: Verdict, of targets: Set<Measurement.Target>, from first: ObjectID) {
        let others = Dictionary(found.series.map { (CheckedSeries.Key($0), $0) }) { first, _ in first }
        for index in series.indices where targets.contains(series[index].target) {
            let mine = series[index]
            guard mine.outcome == .new, var other = others[CheckedSeries.Key(mine)], other.good != nil
            else { continue }
            if other.outcome == .notCrossed {
                series[index].warnings.append(
                    "it did not cross its threshold after \(first.short), the first commit that has it")
                continue
            }
            other.warnings.insert(
                "the good end does not have it: it is searched from \(first.short), the first commit that has it",
                at: 0)
            series[index] = other
        }
        measured += found.measured
        let known = Set(skipped)
        skipped += found.skipped.filter { !known.contains($0) }
    }
}
