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
    func keep(in store: ProfileStore) async throws -> (profiles: Explanation.Profiles?, warnings: [String]) {
        let target = question.target
        var paths: [String] = []
        for commit in [question.before.id, question.after.id] {
            let path = try store.path(
                of: Benchmark(package: target.package, name: target.function), at: commit.description, "cpu.pb.gz")
            if let failure = try await profile(commit, to: WholeFile(path, by: store.state)) {
                return (nil, ["no CPU profile of \(commit.short): \(failure)"])
            }
            paths.append(path)
        }
        try store.prune()
        return (.init(before: paths[0], after: paths[1], command: store.command(paths[0], paths[1])), [])
    }

    private func profile(_ commit: ObjectID, to kept: WholeFile) async throws -> Failure? {
        let target = question.target
        return try await workshop.withWorkplace(for: target.package, at: commit) { place -> Failure? in
            switch try await place.binary() {
            case .failed(let failure): return failure
            case .built(let binary):
                let file = place.output + "/cpu.pb.gz"
                let failure = try await binary.profileCPU(
                    target.pattern, function: target.function, cpu: place.cpu, to: file)
                guard failure == nil, let profile = Scratch.contents(file) else {
                    return failure ?? Failure(.missingBenchmark, "\(target.function) left no profile")
                }
                try kept.write([UInt8](profile))
                return nil
            }
        }
    }
}
