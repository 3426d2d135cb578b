import Benchmarks
import Git
import GoToolchain

import class Foundation.FileManager

extension Explainer {
    /// The evidence of both commits by benchmark.
    struct Evidences: Sendable {
        var before, after: [String: Evidence]
        /// Whether small objects may be missing, or stand at another line than their own.
        var isApproximate: Bool
    }

    /// Profiles the question's benchmarks at both commits.
    ///
    /// The binaries that were measured do for it, if their profiles account for all allocations. Otherwise small
    /// objects share blocks, and a build in which they don't is profiled: Go's standard library is built once for it.
    func profiles(_ question: Question) async throws -> Evidences {
        let plain = try await profiles(question, overlay: measurer.probe.overlay)
        let isExact = question.series.allSatisfy { subject in
            func accounts(_ evidence: [String: Evidence], _ measurement: Measurement) -> Bool {
                guard let value = measurement.value(subject.benchmark, .allocations) else { return true }
                return evidence[subject.benchmark]?.accounts(for: value) ?? false
            }
            return accounts(plain.before, question.measuredBefore) && accounts(plain.after, question.measuredAfter)
        }
        if isExact { return plain }
        guard let overlay = measurer.probe.separatingOverlay else {
            return Evidences(before: plain.before, after: plain.after, isApproximate: true)
        }
        return try await profiles(question, overlay: overlay)
    }

    private func profiles(_ question: Question, overlay: String?) async throws -> Evidences {
        async let before = evidence(at: question.before.id, question, overlay: overlay)
        let after = try await evidence(at: question.after.id, question, overlay: overlay)
        return Evidences(before: try await before, after: after, isApproximate: false)
    }

    private func evidence(
        at commit: ObjectID, _ question: Question, overlay: String?
    ) async throws -> [String: Evidence] {
        let pair = profiledPair(question)
        let target = question.target
        return try await measurer.slots.withSlot { slot in
            let binary = try await measurer.binary(of: target.package, at: commit, slot: slot, overlay: overlay)
            guard case .built(let binary) = binary else { return [:] }
            var snapshots: [Int: [String: Snapshot]] = [:]
            for iterations in Set([pair.short, pair.long]) {
                let folder = "\(slot.scratch)/profiles/\(iterations)"
                try? FileManager.default.removeItem(atPath: folder)
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                let outcome = try await binary.run(
                    target.pattern, function: target.function, iterations: iterations, cpu: measurer.options.cpu,
                    profiles: folder)
                for result in outcome.results {
                    guard let number = result.values[ProbeUnit.snapshot.rawValue] else { continue }
                    snapshots[iterations, default: [:]][result.name] = Snapshot(folder: folder, number: Int(number))
                }
            }
            var evidence: [String: Evidence] = [:]
            for name in Set(question.series.map(\.benchmark)) {
                guard let long = snapshots[pair.long]?[name] else { continue }
                evidence[name] = try Evidence(
                    short: pair.span > 0 ? snapshots[pair.short]?[name] : nil, long: long, pair: pair,
                    place: "\(name) at \(commit.short)")
            }
            return evidence
        }
    }

    /// The iteration counts to profile at: those that were measured, or a smaller pair where every iteration
    /// allocates so much that noting each allocation would take longer than it is worth.
    private func profiledPair(_ question: Question) -> IterationPair {
        let pair = question.measuredAfter.pair ?? question.measuredBefore.pair ?? .standard
        let names = Set(question.series.map(\.benchmark))
        if names.contains(where: question.measuredAfter.growsWithIterations) { return pair }
        let most =
            [question.measuredBefore, question.measuredAfter]
            .flatMap { measurement in names.compactMap { measurement.value($0, .allocations) } }.max() ?? 0
        let affordable = Int(200_000 / max(most, 1))
        return pair.long <= affordable ? pair : IterationPair(long: max(affordable, min(pair.long, 10)))
    }
}
