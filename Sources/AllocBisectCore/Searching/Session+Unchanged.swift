import Benchmarks
import Git
import Measuring

/// What need not be measured at the ends, and what is measured first.
extension Session {
    /// Sorts out the targets whose measurement cannot differ between the ends, and puts the others in the order of their
    /// promise: those first in whose own folder something changed.
    ///
    /// That takes a threshold which compares both ends; an absolute one is about each end's own value.
    mutating func sortOut(_ targets: [Measurement.Target]) async throws -> [Measurement.Target] {
        guard measurements.usesInputClasses, request.thresholds.areRelative else { return targets }
        let (base, bad, measurements) = (range.base, range.bad, measurements)
        var (promising, others): ([Measurement.Target], [[Measurement.Target]]) = ([], [])
        let packages = Dictionary(grouping: targets, by: \.package).sorted { $0.key < $1.key }.map(\.value)
        // One alone is measured as quickly.
        guard packages.count > 1 else { return targets }
        for targets in packages {
            if try isKnown(targets) || !isFolderSame(of: targets[0]) {
                promising += targets
            } else {
                others.append(targets)
            }
        }
        guard !others.isEmpty else { return promising }
        let deadline = deadline
        let found = try await withThrowingTaskGroup(
            of: (Int, [Measurement.Target: [String]]?).self
        ) { [others] tasks in
            for (number, targets) in others.enumerated() {
                tasks.addTask {
                    // What cannot be looked at any more is measured last, if at all.
                    if deadline.hasPassed { return (number, nil) }
                    return (number, try await measurements.unchanged(targets, between: base, and: bad))
                }
            }
            return try await tasks.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (number, targets) in others.enumerated() {
            if let names = found[number] { unchanged.merge(names) { $1 } } else { promising += targets }
        }
        return promising
    }

    /// Whether both ends of all targets are known already.
    private mutating func isKnown(_ targets: [Measurement.Target]) throws -> Bool {
        for target in targets {
            for end in [range.base, range.bad] where try readings.recall(target, at: end) == nil { return false }
        }
        return true
    }

    /// Whether the files that lie directly in a package's folder are the same at both ends.
    private func isFolderSame(of target: Measurement.Target) throws -> Bool {
        var inputs = Inputs()
        inputs.directories = [target.package == "." ? "" : target.package]
        return try measurements.isSame(inputs, range.base, range.bad)
    }

    /// The series of the targets that were not measured since nothing can differ.
    func unchangedSeries(_ importPaths: [String: String]) -> [Series] {
        unchanged.sorted { $0.key < $1.key }.flatMap { target, names in
            names.filter(request.selection.includes).sorted().flatMap { name in
                let benchmark = Benchmark(package: target.package, name: name)
                return request.metrics.map { metric in
                    Series(
                        unchanged: benchmark, metric, target: target,
                        importPath: importPaths[target.package] ?? target.package,
                        threshold: request.thresholds.threshold(for: metric, of: benchmark))
                }
            }
        }
    }
}
