import Benchmarks
import Dispatch
import Git
import Measuring
import Synchronization

extension HistorySession {
    /// The series that have a value anywhere, and the rows with all their cells.
    func table(_ repository: borrowing Repository) throws -> (series: [HistorySeries], rows: [HistoryRow]) {
        // By block of commits, so that a block's columns are gone when its rows are there: cells are most of the memory.
        let blocks = stride(from: 0, to: commits.ids.count, by: Self.block).map {
            $0..<min($0 + Self.block, commits.ids.count)
        }
        var columns = [[[HistoryCell]]](repeating: [], count: blocks.count)
        var all: [HistorySeries] = []
        var noisy = NoisyStepCandidates()
        var reasons = [[String]](repeating: [], count: commits.ids.count)
        var parts = Array(try parts().reversed())
        while let part = parts.popLast() {
            for (position, reason) in part.reasons where !reasons[position].contains(reason) {
                reasons[position].append(reason)
            }
            noisy.add(part.noisy, after: all.count)
            all += part.series
            for (number, block) in blocks.enumerated() { columns[number] += part.columns.map { Array($0[block]) } }
        }
        // Among many series, chance alone makes some steps.
        for place in noisy.doubtful {
            let (block, position) = place.position.quotientAndRemainder(dividingBy: Self.block)
            columns[block][place.column][position].isStep = false
        }
        var rows: [HistoryRow] = []
        for (number, block) in blocks.enumerated() {
            for position in block where position >= commits.firstRow {
                let cells = columns[number].map { $0[position - block.lowerBound] }
                let isSkipped = !cells.contains { $0.value != nil }
                rows.append(
                    HistoryRow(
                        commit: try repository.commit(commits.ids[position]), cells: cells,
                        skipped: isSkipped ? reasons[position].summary : nil,
                        merge: commits.merges[commits.ids[position]]))
            }
            columns[number] = []
        }
        return (all, rows)
    }

    /// How many commits a block has.
    private static let block = 4096

    /// The columns of one target.
    private struct Part: Sendable {
        var series: [HistorySeries] = []
        var columns: [[HistoryCell]] = []
        var noisy = NoisyStepCandidates()
        /// Why there is no value, by position.
        var reasons: [(position: Int, reason: String)] = []
    }

    /// The columns of all targets, made side by side.
    private func parts() throws -> [Part] {
        let past = try EarlierValues(
            before: commits.ids[commits.lines[0].positions[0]], of: targets, count: request.thresholds.longestWindow,
            measurements)
        let parts = Mutex([Part](repeating: Part(), count: targets.count))
        DispatchQueue.concurrentPerform(iterations: targets.count) { number in
            let part = part(targets[number], past)
            parts.withLock { $0[number] = part }
        }
        return parts.withLock { $0 }
    }

    private func part(_ target: Measurement.Target, _ past: EarlierValues) -> Part {
        var part = Part()
        let found = readings.runs(of: target)
        for (position, found) in found.enumerated() {
            let reason = found.map { $0.measurement.failure?.description } ?? HistorySession.unknown
            if let reason { part.reasons.append((position, reason)) }
        }
        for name in names(in: found) {
            for metric in request.metrics {
                var cells = cells(found, name, metric)
                guard cells[commits.firstRow...].contains(where: { $0.value != nil }) else { continue }
                let series = HistorySeries(
                    package: importPaths[target.package] ?? target.package, directory: target.package,
                    benchmark: name, metric: metric, pair: pair(of: found))
                compare(&cells, series, column: part.columns.count, &part.noisy)
                if let baseline = request.thresholds.threshold(for: metric).baseline {
                    let window = past.window(of: name, metric, target, count: baseline.count)
                    mark(&cells, beyond: baseline, series, sources: found.map { $0?.source }, from: window)
                }
                part.series.append(series)
                part.columns.append(cells)
            }
        }
        return part
    }

    private static let unknown = "not measured yet"

    /// The iterations of some runs.
    func pair(of runs: [KnownMeasurements.Run?]) -> IterationPair {
        runs.last { $0?.measurement.pair != nil }??.measurement.pair ?? .standard
    }

    func names(in runs: [KnownMeasurements.Run?]) -> [String] {
        var names: Set<String> = []
        for case .some(let run) in runs {
            names.formUnion(run.measurement.names)
        }
        return names.filter(request.selection.includes).sorted()
    }

    private func cells(_ found: [KnownMeasurements.Run?], _ name: String, _ metric: Metric) -> [HistoryCell] {
        // Most commits take over what the one before them has, and then share its repeats in memory.
        var last: (source: ObjectID, cell: HistoryCell)?
        return zip(commits.ids, found).map { commit, run in
            guard let run, var cell = last.flatMap({ $0.source == run.source ? $0.cell : nil }) else {
                let cell = cell(commit, run, name, metric)
                last = run.map { ($0.source, cell) }
                return cell
            }
            cell.isShared = cell.reason == nil && run.source != commit
            return cell
        }
    }

    func cell(
        _ commit: ObjectID, _ found: KnownMeasurements.Run?, _ name: String, _ metric: Metric
    ) -> HistoryCell {
        guard let measurement = found?.measurement else { return HistoryCell(reason: HistorySession.unknown) }
        guard let sample = measurement.sample(name, metric) else {
            return HistoryCell(reason: "\(measurement.failure(of: name, metric))")
        }
        return HistoryCell(
            value: sample.value, repeats: sample.values, tolerance: sample.tolerance, isShared: found?.source != commit)
    }

    /// Compares each value with the one before it along first parents, and marks the steps unless a moving threshold
    /// decides on them.
    private func compare(
        _ cells: inout [HistoryCell], _ series: HistorySeries, column: Int, _ noisy: inout NoisyStepCandidates
    ) {
        let finder = StepFinder()
        let threshold = request.thresholds.threshold(for: series.metric)
        for stretch in commits.stretches(cells) {
            if threshold.baseline == nil {
                let steps = finder.find(
                    in: stretch.values, tolerances: stretch.tolerances, repeats: stretch.repeats,
                    metric: series.metric, pair: series.pair, threshold: threshold)
                for case (let step, let position?) in steps.map({ ($0, stretch.positions[$0.index]) }) {
                    cells[position].isStep = true
                    if let p = step.p { noisy.found.append((column, position, p)) }
                }
                if series.metric.behavior == .timed || series.metric.behavior == .reported {
                    noisy.hypotheses += finder.positions(in: stretch.values)
                }
            }
            var before = stretch.values[0]
            for case (let value?, let position?) in zip(stretch.values, stretch.positions).dropFirst() {
                cells[position].change = before.map { value - $0 }
                before = value
            }
        }
    }
}

/// The steps of noisy series, which are judged together.
private struct NoisyStepCandidates: Sendable {
    var found: [(column: Int, position: Int, p: Double)] = []
    /// How many positions of all series could have been one.
    var hypotheses = 0

    /// Adds those of further columns.
    mutating func add(_ other: NoisyStepCandidates, after columns: Int) {
        found += other.found.map { (columns + $0.column, $0.position, $0.p) }
        hypotheses += other.hypotheses
    }

    /// Those that are likely to be chance. The share of false steps that is let through is set lower than the twentieth
    /// that is meant, since p-values of the best division are too small (`StepFinder.positions(in:)`).
    var doubtful: [(column: Int, position: Int, p: Double)] {
        let rejected = BenjaminiHochberg.rejected(pValues: found.map(\.p), q: 0.02, total: hypotheses)
        return zip(found, rejected).filter { !$1 }.map(\.0)
    }
}

extension [String] {
    /// Several reasons as one.
    fileprivate var summary: String {
        guard let first else { return "no value" }
        return count == 1 ? first : "\(first), and \(count - 1) other \(count == 2 ? "reason" : "reasons")"
    }
}

extension HistorySession {
    /// Marks each value beyond a moving baseline, taken from the values before it on its line, while the value
    /// right before it does not.
    ///
    /// - Parameters:
    ///   - sources: For each commit the one that was really measured.
    ///   - window: The values before the first line.
    func mark(
        _ cells: inout [HistoryCell], beyond baseline: MovingBaseline, _ series: HistorySeries, sources: [ObjectID?],
        from window: MovingWindow<ObjectID>
    ) {
        let none = MovingWindow<ObjectID>(count: baseline.count)
        var windows = [MovingWindow<ObjectID>](repeating: none, count: cells.count)
        for (number, line) in commits.lines.enumerated() {
            // A line that branched off before the first commit has a past that is not looked at.
            var window = number == 0 ? window : line.origin.map { windows[$0] } ?? none
            for position in line.positions {
                if let value = cells[position].value, let source = sources[position] {
                    let values = window.values
                    let bound = baseline.bound(for: values, metric: series.metric, pair: series.pair)
                    if let bound, let before = values.last {
                        cells[position].isStep = bound.isCrossed(by: value) && !bound.isCrossed(by: before)
                    }
                    window.add(value, from: source)
                }
                windows[position] = window
            }
        }
    }
}
