import Git
import Measuring
import Synchronization

/// What has been handed over to other machines, and what has come back.
final class Ledger: Sendable {
    private struct State {
        var underWay = 0
        var done = 0
        /// When the first job was handed over.
        var start: ContinuousClock.Instant?
        /// All that have done something.
        var machines: Set<String> = []
        /// What each machine has lost since it did something.
        var lost: [String: Set<ObjectID>] = [:]
    }

    private let state = Mutex(State())

    /// When it has lost jobs of this many commits, a machine gets no further one. One commit alone may be to blame for
    /// what becomes of it, so several count.
    static let most = 3

    /// Takes note of a job that is handed over.
    func begin() {
        state.withLock { state in
            state.underWay += 1
            state.start = state.start ?? .now
        }
    }

    /// Takes note of a job that is no longer under way, however it ended.
    func end() { state.withLock { $0.underWay -= 1 } }

    /// Takes note of a machine that has done a job.
    func count(doneBy machine: String) {
        state.withLock { state in
            state.done += 1
            state.machines.insert(machine)
            state.lost[machine] = nil
        }
    }

    /// Takes note of a lost job, and says whether it is the one that makes it too many.
    func isTooMuch(on machine: String, _ commit: ObjectID) -> Bool {
        state.withLock { state in
            let isNew = state.lost[machine, default: []].insert(commit).inserted
            return isNew && state.lost[machine]?.count == Ledger.most
        }
    }

    /// How it goes; nil before anything was handed over.
    var progress: Event.FleetProgress? {
        state.withLock { state in
            guard let start = state.start else { return nil }
            let minutes = (ContinuousClock.now - start) / .seconds(60)
            return Event.FleetProgress(
                jobs: state.underWay, machines: state.machines.count,
                rate: state.done > 1 && minutes > 0 ? Double(state.done) / minutes : nil)
        }
    }
}
