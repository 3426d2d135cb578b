import GoToolchain

/// How far a measurer is with one job, reported after each benchmark function.
struct JobProgress {
    private let job: MeasurementJob
    private let events: @Sendable (Event) -> Void
    private let start = ContinuousClock.now
    private var done = 0

    /// Says how many there are. Of a single one there is nothing to tell.
    init(_ job: MeasurementJob, events: @escaping @Sendable (Event) -> Void) {
        self.job = job
        self.events = events
        tell()
    }

    /// Counts a function as measured.
    mutating func advance() {
        done += 1
        tell()
    }

    private func tell() {
        let all = job.targets.count
        guard all > 1, done < all else { return }
        let elapsed = (ContinuousClock.now - start).seconds
        let seconds = done == 0 ? nil : elapsed / Double(done) * Double(all - done)
        events(
            .benchmarks(commit: job.commit, purpose: job.purpose, .init(done: done, all: all, seconds: seconds)))
    }
}
