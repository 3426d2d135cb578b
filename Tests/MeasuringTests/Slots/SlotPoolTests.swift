import Foundation
import Git
import Testing

@testable import Measuring

@Suite("Worktree slots")
struct SlotPoolTests {
    private let state = StateDirectory(
        commonDirectory: FileManager.default.temporaryDirectory.appending(path: "slots-\(UUID().uuidString)").path)
    private let commits =
        (1...12).compactMap { ObjectID(String(repeating: String($0, radix: 13), count: 40)) }
        + (1...12).compactMap { ObjectID(String(repeating: "0", count: 39) + String($0, radix: 13)) }

    /// The number of the slot that each commit gets, one after the other.
    private func numbers(_ pool: SlotPool) async throws -> [Int] {
        var numbers: [Int] = []
        for commit in commits { numbers.append(try await pool.withSlot(for: commit) { $0.number }) }
        return numbers
    }

    /// A pool that holds all of its three slots.
    private func full() async throws -> SlotPool {
        let pool = SlotPool(count: 3, state: state)
        try await pool.withSlot { _ in
            try await pool.withSlot { _ in
                try await pool.withSlot { _ in }
            }
        }
        return pool
    }

    @Test("A later search measures a commit in the folder where Go compiled it before")
    func same() async throws {
        defer { try? FileManager.default.removeItem(atPath: state.path) }
        var found: [[Int]] = []
        for _ in 0..<2 {
            let pool = try await full()
            found.append(try await numbers(pool))
            await pool.close { _ in }
        }
        #expect(commits.count == 24 && found[0] == found[1] && Set(found[0]) == [0, 1, 2])
    }

    @Test("What another program holds is left to it, and the lowest of the others taken")
    func held() async throws {
        defer { try? FileManager.default.removeItem(atPath: state.path) }
        let other = SlotPool(count: 2, state: state)
        let pool = SlotPool(count: 2, state: state)
        let even = try #require(ObjectID(String(repeating: "0", count: 40)))
        let odd = try #require(ObjectID(String(repeating: "0", count: 39) + "1"))
        try await other.withSlot(for: odd) { slot in
            #expect(slot.number == 1)
            let numbers = try await pool.withSlot(for: odd) { first in
                try await pool.withSlot(for: even) { [first.number, $0.number] }
            }
            #expect(numbers == [0, 2])
        }
        await other.close { _ in }
        await pool.close { _ in }
    }
}
