import Benchmarks
import Git

extension Measurer {
    /// Measures a job, from the cache where that has it all.
    ///
    /// No commit is measured by two programs at once: whoever comes second waits, and finds the first one's results.
    package func measure(_ job: MeasurementJob) async throws -> [KnownMeasurement] {
        try await claiming(job) { try await measureHere($0) }
    }

    /// Has a job measured by somebody unless the cache has it all, and no other program measures its commit.
    package func claiming(
        _ job: MeasurementJob, _ work: (MeasurementJob) async throws -> [KnownMeasurement]
    ) async throws -> [KnownMeasurement] {
        let job = try addingOwnRounds(to: job)
        if let known = try recall(job) { return known }
        try state.create()
        let claim = try await FileLock.acquire(state.locks, at: claimOffset(of: job.commit))
        defer { withExtendedLifetime(claim) {} }
        if let known = try recall(job) { return known }
        return try await work(job)
    }

    /// Measures a job on this machine, once its commit is claimed.
    package func measureHere(_ job: MeasurementJob) async throws -> [KnownMeasurement] {
        events(.measuring(commit: job.commit, purpose: job.purpose))
        let found = try await slots.withSlot(for: job.commit) { try await measure(job, in: $0) }
        for one in found { try setForeign(nil, one.measurement.target, at: job.commit) }
        return found
    }

    /// What is known when that is all that a job asks for; nil otherwise.
    private func recall(_ job: MeasurementJob) throws -> [KnownMeasurement]? {
        var readings: [KnownMeasurement] = []
        for target in job.targets {
            guard let reading = try recall(target, at: job.commit), job.isDone(by: reading.measurement) else {
                return nil
            }
            readings.append(reading)
        }
        return readings
    }

    /// A byte of the lock file that stands for a commit, above those of the slots.
    private func claimOffset(of commit: ObjectID) -> UInt64 {
        let number = UInt64(commit.description.prefix(14), radix: 16) ?? 0
        return 1 << 32 + number % (1 << 61)
    }
}
