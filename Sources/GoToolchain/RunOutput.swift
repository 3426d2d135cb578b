import Benchmarks
import Synchronization

/// Collects result lines and an excerpt of the rest from a running benchmark.
final class RunOutput: Sendable {
    private struct State {
        var reader: BenchmarkReader
        var results: [BenchmarkResult] = []
        var other = Excerpt()
    }
    private let state: Mutex<State>

    init(function: String, cpu: Int, mark: UInt32? = nil) {
        state = Mutex(State(reader: BenchmarkReader(function: function, cpu: cpu, mark: mark)))
    }

    @Sendable func append(_ line: String) {
        state.withLock { state in
            // Go puts a tab after a name and before each value. Floods have none, mostly.
            if line.utf8.contains(UInt8(ascii: "\t")), let result = state.reader.read(line) {
                state.results.append(result)
            } else {
                state.other.append(line: line)
            }
        }
    }

    var all: (results: [BenchmarkResult], text: String) { state.withLock { ($0.results, $0.other.description) } }
}
