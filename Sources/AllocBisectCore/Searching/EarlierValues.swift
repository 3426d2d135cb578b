import Benchmarks
import Git
import Measuring

/// What is known of the commits before one, along first parents, which moving thresholds go by. Nothing is measured for
/// it.
struct EarlierValues: Sendable {
    /// The commit that they end before.
    let commit: ObjectID
    /// How many commits were looked at.
    private var reach = 0
    private let options: MeasuringOptions
    private var runs: [Measurement.Target: [KnownMeasurements.Run]] = [:]

    /// How many commits are looked at: more and more, until there is enough of every target. What commits share costs a
    /// look into each one's tree, so that the last number is the end of it.
    private static let reaches = [50, 200, 1_000]

    /// The earlier values of some targets.
    ///
    /// - Parameter count: How many values of each series are wanted; nil for none, which costs nothing.
    init(before commit: ObjectID, of targets: [Measurement.Target], count: Int?, _ measurements: any Measurements)
        throws
    {
        self.commit = commit
        options = measurements.options
        guard let count else { return }
        let repository = try Repository(discovering: measurements.repository)
        var open = targets
        for wanted in EarlierValues.reaches where !open.isEmpty {
            let line = try repository.firstParents(from: commit, count: wanted + 1, endsAtShallow: true)
            let before = line.dropFirst().reversed().map(\.id)
            var readings = KnownMeasurements(measurements: measurements, commits: before)
            try readings.addRecorded(open)
            for target in open {
                runs[target] = readings.runs(of: target).compactMap { $0 }
            }
            reach = before.count
            if reach < wanted { break }
            open = open.filter { target in
                Set(runs[target, default: []].filter { !$0.measurement.rounds.isEmpty }.map(\.source)).count < count
            }
        }
    }

    /// The last values of a series.
    func window(of name: String, _ metric: Metric, _ target: Measurement.Target, count: Int) -> MovingWindow<ObjectID> {
        var window = MovingWindow<ObjectID>(count: count)
        for run in runs[target, default: []] {
            if let value = run.measurement.value(name, metric) { window.add(value, from: run.source) }
        }
        return window
    }

    /// The last values of a series up to the commit itself.
    ///
    /// - Parameters:
    ///   - measurement: What is known of the commit.
    ///   - source: The commit that was really measured for it.
    func values(
        of name: String, _ metric: Metric, by threshold: Threshold, upTo measurement: Measurement, from source: ObjectID
    ) -> BaselineValues {
        guard let baseline = threshold.baseline else { return BaselineValues() }
        var window = window(of: name, metric, measurement.target, count: baseline.count)
        if let value = measurement.value(name, metric) { window.add(value, from: source) }
        let values = window.values
        return BaselineValues(values: values, shortage: shortage(baseline, values.count, measurement.target))
    }

    /// What to tell when there are too few values.
    private func shortage(_ baseline: MovingBaseline, _ known: Int, _ target: Measurement.Target) -> String? {
        let missing = baseline.count - known
        guard missing > 0 else { return nil }
        let measured = runs[target, default: []].count
        // Not every commit brings a new measurement.
        let back = min(reach, measured + 2 * missing)
        let remedy =
            reach - measured < missing
            ? ""
            : "measure more with '\(options.command(["history", "\(commit.short)~\(back)..\(commit.short)"]))', or "
        return "'\(baseline)' needs \(baseline.count) different measurements up to \(commit.short), but the cache has "
            + "\(known): \(remedy)use a threshold such as +5%"
    }
}

/// The values that the bound of a moving threshold is taken from, the newest last.
struct BaselineValues: Sendable {
    var values: [Double] = []
    /// Why they are too few; nil when they are not, or nothing is taken from them.
    var shortage: String?
}
