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
    private var waiting: [CheckedContinuation<Slot, Never>] = []
    /// What each slot was last used for.
    private var lastUse: [Int: ObjectID] = [:]

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

    /// Does some work in a slot, as soon as one is free; in the one that was last used for a commit where that is free,
    /// since what was built there is still good.
    func withSlot<Result: Sendable>(
        for commit: ObjectID? = nil, _ work: @Sendable (Slot) async throws -> sending Result
    ) async throws -> sending Result {
        let slot = try await acquire(for: commit)
        lastUse[slot.number] = commit
        defer { release(slot) }
        return try await work(slot)
    }

    private func acquire(for commit: ObjectID?) async throws -> Slot {
        if let commit, let same = free.firstIndex(where: { lastUse[$0.number] == commit }) {
            return free.remove(at: same)
        }
        if let slot = free.popLast() { return slot }
        if held.count < count { return try takeNext() }
        return await withCheckedContinuation { waiting.append($0) }
    }

    private func release(_ slot: Slot) {
        if waiting.isEmpty { free.append(slot) } else { waiting.removeFirst().resume(returning: slot) }
    }

    /// Takes the lowest slot that nobody holds.
    private func takeNext() throws -> Slot {
        try state.create()
        var number = 0
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
            number += 1
        }
    }

    /// Gives all slots up, with nothing left running in them.
    ///
    /// - Parameter leave: Is told each slot's number while it is still held.
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
        StrayProcesses.endProcesses(below: state.worktree(ofSlot: slot.number))
        try Scratch.remove(slot.scratch)
    }
}
