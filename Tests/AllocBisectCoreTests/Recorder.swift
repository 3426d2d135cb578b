import Git
import Measuring
import Synchronization

/// Notes which commits are measured, in their order.
final class Recorder: Sendable {
    private let noted = Mutex<[ObjectID]>([])
    private let limit: Int
    private let (stream, continuation) = AsyncStream<Void>.makeStream()

    /// A recorder that tells when it has noted this many commits.
    init(limit: Int = .max) { self.limit = limit }

    /// The commits, each once.
    var commits: [ObjectID] { noted.withLock { $0 } }

    @Sendable func note(_ event: Event) {
        guard case .measuring(let commit, _) = event else { return }
        let count = noted.withLock { commits in
            if !commits.contains(commit) { commits.append(commit) }
            return commits.count
        }
        if count == limit { continuation.finish() }
    }

    /// Does something as soon as the limit is reached.
    func reached(_ work: () -> Void) async {
        for await _ in stream {}
        work()
    }
}
