/// Measures jobs, some of them at the same time, for as long as somebody has more.
///
/// It neither judges nor chooses: the result of a job is handed over in the order in which jobs end, and the next ones
/// are asked for again after each.
package struct MeasuringLoop {
    let measurements: any Measurements
    /// How many jobs are under way at once, at most.
    let width: Int

    package init(measurements: any Measurements, width: Int) {
        (self.measurements, self.width) = (measurements, width)
    }

    /// Measures until there is nothing left to do.
    ///
    /// - Parameters:
    ///   - next: The jobs to begin now, up to `free` of them, none for a commit that is under way; what needs no
    ///     measuring is settled there.
    ///   - take: Puts to use the result of a job.
    /// - Throws: What `next`, `take` and the measuring throw; what is under way is ended then.
    package func run(
        next: (_ free: Int, _ inFlight: [MeasurementJob]) throws -> [MeasurementJob],
        take: (_ found: [KnownMeasurement], _ job: MeasurementJob) throws -> Void
    ) async throws {
        let measurements = measurements
        try await withThrowingTaskGroup(of: (MeasurementJob, [KnownMeasurement]).self) { tasks in
            var inFlight: [MeasurementJob] = []
            while true {
                let free = width - inFlight.count
                for job in free > 0 ? try next(free, inFlight) : [] {
                    inFlight.append(job)
                    tasks.addTask { (job, try await measurements.measure(job)) }
                }
                guard let (job, found) = try await tasks.next() else { return }
                inFlight.removeAll { $0.commit == job.commit }
                try take(found, job)
            }
        }
    }

    /// Measures some jobs, in their order as far as one waits for another.
    package func run(
        _ jobs: [MeasurementJob], take: (_ found: [KnownMeasurement], _ job: MeasurementJob) throws -> Void
    ) async throws {
        var left = jobs[...]
        try await run(
            next: { free, _ in
                defer { left = left.dropFirst(free) }
                return Array(left.prefix(free))
            }, take: take)
    }
}
