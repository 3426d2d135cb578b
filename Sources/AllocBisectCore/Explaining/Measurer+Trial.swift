import Benchmarks
import Git
import GoToolchain

extension Measurer {
    /// Builds or recalls the test binary of a package at a commit, whose files are put into the slot.
    func binary(
        of package: String, at commit: ObjectID, slot: SlotPool.Slot, runtime: NoTinyAllocatorRuntime?
    ) async throws -> Toolchain.BuildOutcome {
        let root = try checkout(commit, slot, pinning: [package]).root
        var build = buildOptions(slot)
        guard let runtime else { return try await binary(commit, package, root: root, slot: slot, build) }
        build.runtime = runtime
        return try await toolchain.build(
            package: package, in: root, to: "\(slot.scratch)/profiled.test", options: build)
    }

    /// Measures a target once at a commit of which some files are replaced, with the iterations of another measurement.
    ///
    /// It is no measurement of the commit, so that nothing of it is kept.
    func measure(
        _ target: Measurement.Target, at commit: ObjectID, replacing replacements: [Replacement],
        like other: Measurement
    ) async throws -> Measurement {
        try await slots.withSlot { slot in
            let root = try checkout(commit, slot, pinning: [target.package], replacing: replacements).root
            var measurement = Measurement(target: target, pair: other.pair ?? .standard)
            let outcome = try await toolchain.build(
                package: target.package, in: root, to: "\(slot.scratch)/trial.test", options: buildOptions(slot))
            switch outcome {
            case .failed(let failure): measurement.failure = failure
            case .built(let binary):
                try await binary.addRound(to: &measurement, cpu: options.cpu, accessLog: nil)
            }
            return measurement
        }
    }

    /// Measures targets of a package at a commit with further allocations in every iteration, like other measurements.
    ///
    /// It is no measurement of the commit, so that nothing of it is kept.
    ///
    /// - Parameter orders: A measurement without injected allocations, and how many to inject.
    func measure(
        _ package: String, at commit: ObjectID, injecting orders: [(like: Measurement, allocations: Int)]
    ) async throws -> [Measurement] {
        try await slots.withSlot { slot in
            let root = try checkout(commit, slot, pinning: [package]).root
            var build = buildOptions(slot)
            build.overlay = probe.injecting
            let outcome = try await toolchain.build(
                package: package, in: root, to: "\(slot.scratch)/injected.test", options: build)
            var measurements: [Measurement] = []
            for (other, allocations) in orders {
                var measurement = Measurement(target: other.target, pair: other.pair ?? .standard)
                switch outcome {
                case .failed(let failure): measurement.failure = failure
                case .built(var binary):
                    binary.injectedAllocations = allocations
                    for _ in other.rounds {
                        try await binary.addRound(to: &measurement, cpu: options.cpu, accessLog: nil)
                    }
                }
                measurements.append(measurement)
            }
            return measurements
        }
    }
}
