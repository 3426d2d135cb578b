@preconcurrency import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Turns Ctrl-C and SIGTERM into a cancellation, so that children end and slots are given up before the program does.
final class SignalWatch: Sendable {
    /// The last signal, and when the first one came.
    private let received = Mutex<(number: Int32, first: ContinuousClock.Instant)?>(nil)
    /// Within this time a second signal means no more than the first: some programs, such as timeout, send one to a
    /// process and one to its group.
    private static let grace = Duration.milliseconds(200)
    private let sources: [any DispatchSourceSignal]

    init() {
        // Handlers, and not SIG_IGN, which children would inherit.
        for number in [SIGINT, SIGTERM, SIGPIPE] { signal(number) { _ in } }
        sources = [SIGINT, SIGTERM].map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
    }

    /// The exit status that a received signal asks for: 130 or 143.
    var status: Int32? { received.withLock { $0.map { 128 + $0.number } } }

    /// Starts to watch; a second signal ends the program at once.
    func start(_ cancel: @escaping @Sendable () -> Void) {
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [self] in
                let now = ContinuousClock.now
                let earlier = received.withLock { received in
                    defer { received = (number, received?.first ?? now) }
                    return received?.first
                }
                if let earlier {
                    if now - earlier > SignalWatch.grace { _exit(128 + number) }
                    return
                }
                cancel()
                // What waits for another program's measurement cannot be woken; nothing of ours runs by then.
                DispatchQueue.global().asyncAfter(deadline: .now() + 5) { _exit(128 + number) }
            }
            source.resume()
        }
    }
}
