package import Benchmarks
package import Git
import GoToolchain

/// Measurements of what is not a commit, so that nothing of them is kept.
extension Measurer {
    /// Measures a target once at a commit of which some files are replaced, with the iterations of another measurement.
    package func measure(
        _ target: Measurement.Target, at commit: ObjectID, replacing replacements: [Replacement],
        like other: Measurement
    ) async throws -> Measurement {
        try await withWorkplace(for: [target], at: commit, replacing: replacements) { place in
            var measurement = Measurement(target: target, pair: other.pair ?? .standard)
            switch try await place.binary(named: "trial", place.buildOptions) {
            case .failed(let failure): measurement.failure = failure
            case .built(let binary):
                var sanitized: TestBinary?
                if options.sanitizesBeside {
                    var build = place.buildOptions
                    build.sanitizer = options.sanitizer
                    switch try await place.binary(named: "trial-sanitized", build) {
                    case .built(let other): sanitized = other
                    case .failed(let failure): measurement.failure = failure
                    }
                }
                try await binary.addRound(
                    to: &measurement, cpu: options.cpu, output: place.output, sanitized: sanitized)
            }
            return measurement
        }
    }

    /// Measures targets of one package at a commit with further allocations in every iteration, like other measurements.
    ///
    /// - Parameter orders: A measurement without injected allocations, and how many to inject.
    package func measure(
        at commit: ObjectID, injecting orders: [(like: Measurement, allocations: Int)]
    ) async throws -> [Measurement] {
        try await withWorkplace(for: orders.map(\.like.target), at: commit, replacing: []) { place in
            var build = place.buildOptions
            build.overlay = probe.injecting
            let outcome = try await place.binary(named: "injected", build)
            var measurements: [Measurement] = []
            for (other, allocations) in orders {
                var measurement = Measurement(target: other.target, pair: other.pair ?? .standard)
                switch outcome {
                case .failed(let failure): measurement.failure = failure
                case .built(var binary):
                    binary.injectedAllocations = allocations
                    for _ in other.rounds {
                        try await binary.addRound(to: &measurement, cpu: options.cpu, output: place.output)
                    }
                }
                measurements.append(measurement)
            }
            return measurements
        }
    }
}
