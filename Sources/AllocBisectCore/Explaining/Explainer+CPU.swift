import Benchmarks
import Git
import GoToolchain

import struct Foundation.Data

extension Explainer {
    /// Keeps CPU profiles of both commits, one after the other: a clock must not be disturbed.
    ///
    /// - Returns: Where they are; nil, with a warning, when one could not be written.
    func cpuProfiles(_ question: Question) async throws -> (profiles: Explanation.Profiles?, warnings: [String]) {
        let store = ProfileStore(state: measurer.state)
        let target = question.target
        var paths: [String] = []
        for commit in [question.before.id, question.after.id] {
            let path = try store.path(
                of: Benchmark(package: target.package, name: target.function), at: commit.description, "cpu.pb.gz")
            let failure = try await measurer.slots.withSlot { slot -> Failure? in
                let outcome = try await measurer.binary(
                    of: target.package, at: commit, slot: slot, runtime: nil)
                switch outcome {
                case .failed(let failure): return failure
                case .built(let binary):
                    let file = slot.output + "/cpu.pb.gz"
                    let failure = try await binary.profileCPU(
                        target.pattern, function: target.function, cpu: measurer.options.cpu, to: file)
                    guard failure == nil, let profile = Scratch.contents(file) else {
                        return failure ?? Failure(.missingBenchmark, "\(target.function) left no profile")
                    }
                    try WholeFile(path, by: measurer.state).write([UInt8](profile))
                    return nil
                }
            }
            if let failure { return (nil, ["no CPU profile of \(commit.short): \(failure)"]) }
            paths.append(path)
        }
        try store.prune()
        return (.init(before: paths[0], after: paths[1], command: store.command(paths[0], paths[1])), [])
    }
}
