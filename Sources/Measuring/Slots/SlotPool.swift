import Git
import GoToolchain

import class Foundation.FileManager

/// The worktree slots that this program holds, handed out one commit at a time.
///
/// A slot is locked from its first use for as long as the pool lives; a dead owner's slot is free again, and what its
/// owner left running or lying about is cleared when it is taken over.
actor SlotPool {
    private let state: StateDirectory
    private let count: Int
    private var held: [(slot: Slot, lock: FileLock)] = []
    private var free: [Slot] = []
    /// Who waits for a slot: for one of that number, or for any.
    private var waiting: [(number: Int?, continuation: CheckedContinuation<Slot, Never>)] = []
    /// The slot that each commit was measured in.
    private var homes: [ObjectID: Int] = [:]

    /// A worktree slot with its scratch folder.
    struct Slot: Sendable, Hashable {
        let number: Int
        let scratch: String
        /// The part of it that what runs may write.
        var output: String { scratch + "/run" }
    }

    /// A pool that will hold up to `count` slots.
    init(count: Int, state: StateDirectory) {
        self.count = count
        self.state = state
    }

    /// Does some work in a slot, as soon as one is free; for a commit that was in one already in that one, where it is
    /// built.
    ///
    /// - Parameter waits: Whether to wait for the commit's own slot while another one is free, since to wait for what was
    ///   built there takes no longer than to build it once more.
    func withSlot<Result: Sendable>(
        for commit: ObjectID? = nil, waits: Bool = true, _ work: @Sendable (Slot) async throws -> sending Result
    ) async throws -> sending Result {
        let slot = try await acquire(for: commit, waits: waits)
        if let commit, waits || homes[commit] == nil { homes[commit] = slot.number }
        defer { release(slot) }
        return try await work(slot)
    }

    private func acquire(for commit: ObjectID?, waits: Bool) async throws -> Slot {
        let home = commit.flatMap { homes[$0] }
        if let home, held.contains(where: { $0.slot.number == home }) {
            if let index = free.firstIndex(where: { $0.number == home }) { return free.remove(at: index) }
            if waits { return await withCheckedContinuation { waiting.append((home, $0)) } }
        }
        let usual = usualNumber(for: commit)
        if let slot = free.lastIndex(where: { $0.number == usual }).map({ free.remove(at: $0) }) ?? free.popLast() {
            return slot
        }
        if held.count < count { return try takeNext(usual) }
        return await withCheckedContinuation { waiting.append((nil, $0)) }
    }

    /// The number of the slot that a commit gets where nothing speaks against it, in each search the same: Go compiles
    /// anew what lies in another folder.
    private func usualNumber(for commit: ObjectID?) -> Int {
        commit.map { $0.description.utf8.reduce(0) { $0 + Int($1) } % count } ?? 0
    }

    private func release(_ slot: Slot) {
        if let next = waiting.firstIndex(where: { ($0.number ?? slot.number) == slot.number }) {
            waiting.remove(at: next).continuation.resume(returning: slot)
        } else {
            free.append(slot)
        }
    }

    /// Takes a slot that nobody holds: that of a number, or else the lowest one.
    private func takeNext(_ usual: Int) throws -> Slot {
        try state.create()
        var (number, next) = (usual, 0)
        while true {
            if let lock = try FileLock(trying: state.locks, at: UInt64(number)) {
                let slot = Slot(number: number, scratch: state.scratch(ofSlot: number))
                held.append((slot, lock))
                try clear(slot)
                for folder in [slot.scratch + "/tmp", slot.output] {
                    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                }
                return slot
            }
            (number, next) = (next, next + 1)
        }
    }

    /// Gives all slots up, with nothing left running in them.
    ///
    /// - Parameter leave: Called with each slot's number while it is still held.
    func close(_ leave: (Int) -> Void) {
        // What cannot be cleared now is cleared by the slot's next owner, who learns when it cannot be.
        for (slot, _) in held {
            try? clear(slot)
            leave(slot.number)
        }
        held = []
        free = []
    }

    private func clear(_ slot: Slot) throws {
        let box = state.box(ofSlot: slot.number)
        for folder in [state.worktree(ofSlot: slot.number), box] { StrayProcesses.endProcesses(below: folder) }
        for folder in [slot.scratch, box] { try Scratch.remove(folder) }
    }
}
