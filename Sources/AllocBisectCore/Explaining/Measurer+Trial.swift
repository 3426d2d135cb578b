import Benchmarks
import Git
import GoToolchain

extension Measurer {
    /// Builds or recalls the test binary of a package at a commit, whose files are put into the slot.
    func binary(
        of package: String, at commit: ObjectID, slot: SlotPool.Slot, overlay: String?
    ) async throws -> Toolchain.BuildOutcome {
        let root = try checkout(commit, slot, pinning: [package])
        var build = buildOptions(slot)
        if overlay == probe.overlay {
            return try await binary(commit, package, root: root, slot: slot, build)
        }
        build.overlay = overlay
        return try await toolchain.build(
            package: package, in: root, to: "\(slot.scratch)/profiled.test", options: build)
    }

    /// Measures a target at a commit of which some files are replaced, as often as another measurement was.
    ///
    /// It is no measurement of the commit, so that nothing of it is kept.
    func measure(
        _ target: Measurement.Target, at commit: ObjectID, replacing replacements: [Replacement],
        like other: Measurement
    ) async throws -> Measurement {
        try await slots.withSlot { slot in
            let root = try checkout(commit, slot, pinning: [target.package], replacing: replacements)
            var measurement = Measurement(target: target, pair: other.pair ?? .standard)
            let outcome = try await toolchain.build(
                package: target.package, in: root, to: "\(slot.scratch)/trial.test", options: buildOptions(slot))
            switch outcome {
            case .failed(let failure): measurement.failure = failure
            case .built(let binary):
                for _ in 0..<max(1, min(3, other.rounds.count)) where !measurement.hasFailed {
                    try await binary.addRound(to: &measurement, cpu: options.cpu, accessLog: nil)
                }
            }
            return measurement
        }
    }
}
