import CLinux
import Foundation
import Synchronization

/// The process group of one run, with the processes that left it: all of them are ended with it.
///
/// Orphans of our children become our own children, so that they can be found and waited for. A variable in their
/// environment distinguishes those that made a session of their own from other runs'.
final class ProcessGroup: Sendable {
    private struct State {
        var leader: pid_t?
        var isEnded = false
        var reached: ChildProcess.Limit?
        var memory: MemoryGroup?
    }
    private let state = Mutex(State())

    /// The name of the variable that marks the processes of a run.
    static let variable = "ALLOCBISECT_RUN"
    /// The value of that variable, always of the same length, so that no number depends on it.
    let mark: String

    init() {
        _ = ProcessGroup.adoptsOrphans
        mark = String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
    }

    private static let adoptsOrphans: Void = allocbisect_adopt_orphans()

    /// The process that leads the group, while it is there.
    var leader: pid_t? { state.withLock { $0.leader } }

    /// The limit that ended the group, or a part of it, if one did.
    var reached: ChildProcess.Limit? {
        state.withLock { $0.reached ?? ($0.memory?.hasEndedOne == true ? .memory : nil) }
    }

    /// Has the kernel bound the memory of all together from now on, where it does that. Once is enough.
    func bound(memory: UInt64) {
        let new: (pid_t, MemoryGroup)? = state.withLock { state in
            guard let leader = state.leader, state.memory == nil else { return nil }
            state.memory = MemoryGroup(memory: memory)
            return state.memory.map { (leader, $0) }
        }
        if let (leader, group) = new { group.take(leader) }
    }

    /// Says which process leads the group, which is ended at once if it was to end already.
    func started(_ leader: pid_t) {
        state.withLock { state in
            state.leader = leader
            if state.isEnded { kill(-leader, SIGKILL) }
        }
    }

    /// Ends every process of the group.
    func end(_ limit: ChildProcess.Limit?) {
        state.withLock { state in
            guard !state.isEnded else { return }
            state.isEnded = true
            state.reached = limit
            if let leader = state.leader { kill(-leader, SIGKILL) }
        }
    }

    /// Ends what is left after the leader's end, and says whether anything was alive.
    func finish() -> Bool {
        let leader = state.withLock { state in
            defer { (state.leader, state.isEnded) = (nil, true) }
            return state.leader
        }
        guard let leader else { return false }
        let hadMembers = endMembers(of: leader)
        let hadStrays = endStrays()
        let reached = self.reached
        state.withLock { state in
            state.reached = reached
            state.memory?.remove()
            state.memory = nil
        }
        return hadStrays || hadMembers
    }

    /// Ends the members of the group, which are our children by now: their number can't be reused before they are
    /// waited for. Those that had ended by themselves do not count.
    private func endMembers(of leader: pid_t) -> Bool {
        var hadMembers = false
        while true {
            let ended = waitpid(-leader, nil, WNOHANG)
            if ended > 0 || (ended < 0 && errno == EINTR) { continue }
            if ended < 0 { return hadMembers }
            hadMembers = true
            kill(-leader, SIGKILL)
            _ = waitpid(-leader, nil, 0)
        }
    }

    /// Ends the children that bear this run's mark, until their own orphans, which come to us, are gone as well.
    private func endStrays() -> Bool {
        var (hadStrays, looksInVain) = (false, 0)
        var info = siginfo_t()
        // Most often there is no child at all, which costs one call to know. The list of children may lack one while
        // another ends.
        while looksInVain < 3, waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 {
            let strays = ProcessTree.children(of: getpid()).filter { isMarked($0) }
            if strays.isEmpty {
                looksInVain += 1
                continue
            }
            (hadStrays, looksInVain) = (true, 0)
            for stray in strays { kill(stray, SIGKILL) }
            for stray in strays { while waitpid(stray, nil, 0) < 0 && errno == EINTR {} }
        }
        return hadStrays
    }

    private func isMarked(_ process: pid_t) -> Bool {
        let entry = Array("\(ProcessGroup.variable)=\(mark)".utf8)
        return ProcessFile.content(process, "environ").split(separator: 0).contains { $0.elementsEqual(entry) }
    }
}
