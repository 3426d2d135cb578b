import Benchmarks
import Synchronization

/// Collects what a sanitizer reports of a running process.
final class FaultOutput: Sendable {
    private let reader: Mutex<SanitizerReader>

    init(root: String) { reader = Mutex(SanitizerReader(root: root)) }

    @Sendable func append(_ line: String) { reader.withLock { $0.read(line) } }

    /// All of them; a process may have ended in the middle of one.
    var reports: [SanitizerReport] {
        reader.withLock { reader in
            reader.finish()
            return reader.reports
        }
    }
}
