import Measuring

import class Foundation.FileManager
import struct Foundation.UUID

/// A folder for one run's job files, which all machines see and which is gone with the run.
///
/// A run that is killed leaves its folder behind. The next one removes it, as soon as it can tell by a lock that nobody
/// owns it any more.
final class RunFolder: Sendable {
    let path: String
    /// The run's own name: eight hexadecimal digits.
    let run: String
    private let lock: FileLock?

    /// Makes the folder below a state folder, and removes those of runs that have ended.
    ///
    /// - Throws: `CoreError` when it cannot be made.
    init(in state: StateDirectory) throws {
        try state.create()
        let run = String(UUID().uuidString.prefix(8).lowercased())
        self.run = run
        path = "\(state.path)/fleet/\(run)"
        lock = try RunFolder.lock(of: run, state)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "\(state.path)/fleet")) ?? []
        where name != run {
            if try RunFolder.lock(of: name, state) != nil {
                try? FileManager.default.removeItem(atPath: "\(state.path)/fleet/\(name)")
            }
        }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CoreError(.surroundings, "\(path) cannot be made: \(error.localizedDescription)")
        }
    }

    /// Removes the folder with all that is in it.
    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// The lock of a run; nil while its owner lives, and for what is not the name of a run.
    private static func lock(of run: String, _ state: StateDirectory) throws -> FileLock? {
        guard run.count == 8, let number = UInt64(run, radix: 16) else { return nil }
        // Above the locks of slots and of commits.
        return try FileLock(trying: state.locks, at: 1 << 62 + number)
    }
}
