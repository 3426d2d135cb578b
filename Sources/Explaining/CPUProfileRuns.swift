import Benchmarks
import Git
import GoToolchain
import Measuring

import struct Foundation.Data

/// CPU profiles of both commits of a question, to be kept.
struct CPUProfileRuns: Sendable {
    let workshop: any Workshop
    let question: Explainer.Question

    /// Keeps the profiles, made one after the other: a clock must not be disturbed.
    ///
    /// - Returns: Where they are; nil, with a warning, when one could not be written.
    func keep(
        in store: ProfileStore, _ diff: CommitDiff
    ) async throws -> (profiles: Explanation.Profiles?, warnings: [String]) {
        let target = question.target
        let benchmark = Benchmark(package: target.package, name: target.function)
        let commits = [question.before.id, question.after.id]
        let sources = try diff.sources()
        var paths: [String] = []
        for (commit, side) in zip(commits, [SourceTexts.Side.before, .after]) {
            switch try await profile(commit) {
            case .failed(let failure): return (nil, ["no CPU profile of \(commit.short): \(failure)"])
            case .written(let bytes):
                paths.append(
                    try store.keep(bytes, "cpu.pb.gz", of: benchmark, at: commit, diff.paths) {
                        sources.content(side, $0)
                    })
            }
        }
        try store.prune()
        return (store.pair(paths), [])
    }

    private enum Outcome {
        case written([UInt8])
        case failed(Failure)
    }

    private func profile(_ commit: ObjectID) async throws -> Outcome {
        let target = question.target
        return try await workshop.withWorkplace(for: target, at: commit) { place -> Outcome in
            switch try await place.binary() {
            case .failed(let failure): return .failed(failure)
            case .built(let binary):
                let file = place.output + "/cpu.pb.gz"
                let failure = try await binary.profileCPU(
                    target.pattern, function: target.function, cpu: place.cpu, to: file)
                guard failure == nil, let profile = Scratch.contents(file) else {
                    return .failed(failure ?? Failure(.missingBenchmark, "\(target.function) left no profile"))
                }
                return .written([UInt8](profile))
            }
        }
    }
}
