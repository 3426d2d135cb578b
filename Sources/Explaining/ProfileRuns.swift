import Benchmarks
import Git
import GoToolchain
import Measuring
import Pprof

import class Foundation.FileManager

/// Runs of a question's benchmarks with profiles, which tell what each line costs.
struct ProfileRuns: Sendable {
    let workshop: any Workshop
    let question: Explainer.Question

    /// The profiles of both commits by benchmark.
    struct ProfilePair: Sendable {
        var before, after: [String: BenchmarkProfiles]
        /// Why there is none of some benchmarks, as sentences.
        var failures: [String]
        /// Whether small objects may be missing, or stand at another line than their own.
        var isApproximate: Bool
    }

    /// Profiles the question's benchmarks at both commits, with a runtime in which small objects share no blocks.
    ///
    /// Where that runtime is not to be had, or does not run, Go's own has to do. What a few iterations do not show, as
    /// when their cost depends on how many there are, is profiled with as many as were measured.
    func whole(_ runtime: NoTinyAllocatorRuntime?) async throws -> ProfilePair {
        var (profiles, runtime) = (try await short(runtime), runtime)
        if runtime != nil, profiles.before.isEmpty || profiles.after.isEmpty {
            (profiles, runtime) = (try await short(nil), nil)
        }
        var pair = profiledPair
        if question.pair != pair, question.series.contains(where: profiles.misses) {
            pair = question.pair
            profiles = try await run(pair, runtime)
        }
        guard runtime != nil, question.series.contains(where: \.metric.isInBytes) else { return profiles }
        // Objects that have blocks of their own take more bytes than Go counts for them.
        let own = try await run(pair, nil)
        profiles.before.takeBytes(of: own.before)
        profiles.after.takeBytes(of: own.after)
        return profiles
    }

    /// The profiles of both commits, of few iterations; without a runtime of its own, at the price of the runs alone.
    func short(_ runtime: NoTinyAllocatorRuntime?) async throws -> ProfilePair {
        try await run(profiledPair, runtime)
    }

    private func run(_ pair: IterationPair, _ runtime: NoTinyAllocatorRuntime?) async throws -> ProfilePair {
        async let before = run(at: question.before.id, pair, runtime)
        let after = try await run(at: question.after.id, pair, runtime)
        let failures = [(try await before.failure, question.before), (after.failure, question.after)].compactMap {
            failure, commit in failure.map { "\(commit.id.short) was not profiled: \($0)" }
        }
        return ProfilePair(
            before: try await before.byName, after: after.byName, failures: failures, isApproximate: runtime == nil)
    }

    private func run(
        at commit: ObjectID, _ pair: IterationPair, _ runtime: NoTinyAllocatorRuntime?
    ) async throws -> (byName: [String: BenchmarkProfiles], failure: Failure?) {
        let target = question.target
        return try await workshop.withWorkplace(for: target, at: commit) { place in
            let names = Set(question.series.map(\.benchmark))
            let binary: TestBinary
            switch try await place.binary(runtime) {
            case .failed(let failure): return ([:], failure)
            case .built(let built): binary = built
            }
            var failure: Failure?
            var snapshots: [Int: [String: ProbeProfiles]] = [:]
            for iterations in Set([pair.short, pair.long]) {
                let folder = "\(place.output)/profiles/\(iterations)"
                try? FileManager.default.removeItem(atPath: folder)
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                let outcome = try await binary.run(
                    target.pattern, function: target.function, iterations: iterations, cpu: place.cpu,
                    profiles: folder, profiled: names,
                    listsGoroutines: question.series.contains { $0.metric == .goroutines })
                failure = failure ?? outcome.failure
                for result in outcome.results {
                    guard let number = result.values[ProbeUnit.snapshot.rawValue] else { continue }
                    snapshots[iterations, default: [:]][result.name] = ProbeProfiles(
                        folder: folder, number: Int(number))
                }
            }
            var profiles: [String: BenchmarkProfiles] = [:]
            for name in names {
                guard let long = snapshots[pair.long]?[name] else { continue }
                profiles[name] = try BenchmarkProfiles(
                    short: pair.span > 0 ? snapshots[pair.short]?[name] : nil, long: long, pair: pair,
                    place: "\(name) at \(commit.short)")
            }
            return (profiles, failure)
        }
    }

    /// The iteration counts to profile at: those that were measured, or fewer where noting every allocation would
    /// take longer than a measurement took. Both commits have the same.
    private var profiledPair: IterationPair {
        let pair = question.pair
        let names = Set(question.series.map(\.benchmark))
        let measurements = [question.measuredBefore, question.measuredAfter]
        // What an iteration costs must not depend on how many there are.
        guard measurements.allSatisfy({ measurement in names.allSatisfy(measurement.isSteady) }) else { return pair }
        // A run has all benchmarks of the function.
        func total(_ metric: Metric) -> Double {
            measurements.map { run in run.names.reduce(0) { $0 + (run.value($1, metric) ?? 0) } }.max() ?? 0
        }
        let (nanoseconds, allocations) = (total(.time), total(.allocations))
        // What stays behind is listed with its number, which should be no small one; and bytes may depend on it.
        let metrics = Set(question.series.map(\.metric))
        let minimumTime = metrics == [.allocations] ? 5e6 : metrics.allSatisfy { $0.behavior == .counted } ? 2e7 : 5e7
        let affordableTime = max(minimumTime, 0.5 * nanoseconds * Double(pair.long))
        let affordable = Int(affordableTime / (nanoseconds + allocations * ProfileRuns.nanosecondsOfNoting + 1))
        // A single allocation more or less than on average is to be no more than a hundredth of a difference. Of bytes
        // it is not known how many an allocation has.
        let enough = question.series.map { $0.metric == .allocations ? 100 / $0.difference.magnitude : .infinity }.max()
        let least = min(pair.long, ProfileRuns.minimumIterations)
        let long = max(min(affordable, Int(min(enough ?? .infinity, 1e9))), least)
        return long >= pair.long ? pair : IterationPair(long: long)
    }

    private static let minimumIterations = 10

    /// About what Go takes to note one allocation with its stack.
    private static let nanosecondsOfNoting = 2000.0
}

extension Workplace {
    /// The test binary with a runtime of its own; the one that is measured without.
    fileprivate func binary(_ runtime: NoTinyAllocatorRuntime?) async throws -> Toolchain.BuildOutcome {
        guard let runtime else { return try await binary() }
        var build = buildOptions
        build.runtime = runtime
        return try await binary(named: "profiled", build)
    }
}

extension Explainer.Question {
    /// The iteration counts that were measured.
    fileprivate var pair: IterationPair { measuredAfter.pair ?? measuredBefore.pair ?? .standard }
}

extension [String: BenchmarkProfiles] {
    /// Takes over the bytes of other runs of the same iterations.
    fileprivate mutating func takeBytes(of others: [String: BenchmarkProfiles]) {
        for (name, other) in others {
            guard let profiles = self[name] else { continue }
            self[name]?.allocated = profiles.allocated.withBytes(of: other.allocated)
            self[name]?.retained = profiles.retained.withBytes(of: other.retained)
        }
    }
}

extension ProfileRuns.ProfilePair {
    /// Whether what an iteration allocates accounts for less of a difference than it should.
    fileprivate func misses(_ subject: Explainer.Subject) -> Bool {
        guard let before = before[subject.benchmark], let after = after[subject.benchmark] else { return false }
        let difference = after.allocated.total - before.allocated.total
        switch subject.metric {
        case .allocations: return difference.objects / subject.difference < 0.8
        case .bytes: return difference.bytes / subject.difference < 0.8
        default: return false
        }
    }
}
