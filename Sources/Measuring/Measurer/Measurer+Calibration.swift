import Benchmarks
import GoToolchain
import MeasurementCache

extension Measurer {
    /// Chooses the iteration counts for a benchmark that was never measured with this recipe.
    func calibrated(
        _ measurement: Measurement, _ binary: TestBinary, accessLog: AccessLog
    ) async throws -> Measurement {
        var measurement = measurement
        let target = measurement.target
        if let iterations = options.iterations {
            measurement.pair = pair(of: IterationPair(long: iterations))
            return measurement
        }
        if let known = try cache.pair(of: target, recipe: recipe) {
            measurement.pair = known
            return measurement
        }
        var calibration = Calibration(
            of: FunctionKind(of: target.function) ?? .benchmark,
            for: toolchain.counter.map { $0.slowsDown ? .instructions : .times } ?? (options.isTimed ? .times : .counts)
        )
        while let iterations = calibration.next {
            let outcome = try await binary.run(
                target.pattern, function: target.function, iterations: iterations, cpu: options.cpu,
                accessLog: accessLog)
            guard !outcome.results.isEmpty else {
                measurement.failure = outcome.failure
                return measurement
            }
            let times = outcome.results.map { ($0.values[Metric.time.unit] ?? 0) * Double(iterations) / 1e9 }
            calibration.add(
                iterations: iterations, seconds: outcome.seconds, timed: times.reduce(0, +), shortest: times.min())
        }
        measurement.pair = try cache.choose(pair(of: calibration.pair), for: target, recipe: recipe)
        return measurement
    }

    /// The pair that is run: faults have no slope, and one run tells them.
    private func pair(of chosen: IterationPair) -> IterationPair {
        options.measuredSanitizer == nil ? chosen : IterationPair(short: chosen.long, long: chosen.long)
    }
}
