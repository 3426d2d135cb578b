/// Lets runs go on side by side, or one alone.
///
/// What fails beside another run may fail because of it: over a port, a file or a service that both want.
actor RunGate {
    private var running = 0
    private var isTaken = false
    private var starts = 0
    private var waiting: [(isAlone: Bool, continuation: CheckedContinuation<Void, Never>)] = []

    /// Runs something, beside others; says whether there were any meanwhile.
    func beside<Result: Sendable>(
        _ work: @Sendable () async throws -> Result
    ) async rethrows -> (result: Result, hadCompany: Bool) {
        await enter(alone: false)
        let (company, start) = (running > 1, starts)
        defer { leave() }
        let result = try await work()
        return (result, company || starts > start)
    }

    /// Runs something while nothing else runs.
    func alone<Result: Sendable>(_ work: @Sendable () async throws -> Result) async rethrows -> Result {
        await enter(alone: true)
        defer { leave() }
        return try await work()
    }

    private func enter(alone: Bool) async {
        if waiting.isEmpty && !isTaken && (running == 0 || !alone) {
            start(alone: alone)
        } else {
            await withCheckedContinuation { waiting.append((alone, $0)) }
        }
    }

    private func start(alone: Bool) {
        running += 1
        starts += 1
        isTaken = alone
    }

    private func leave() {
        running -= 1
        isTaken = false
        while let next = waiting.first, !isTaken, running == 0 || !next.isAlone {
            waiting.removeFirst()
            start(alone: next.isAlone)
            next.continuation.resume()
        }
    }
}
