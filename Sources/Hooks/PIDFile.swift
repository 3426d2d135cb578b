import Foundation
import Measuring

/// The number of the recorder's process in a file, for people who want to end it. It counts only while the lock is held.
enum PIDFile {
    static func write(to path: String) {
        // Whoever cannot read it learns less from the status, and nothing else.
        try? Data("\(getpid())\n".utf8).write(to: URL(filePath: path))
    }

    static func remove(from path: String) { try? FileManager.default.removeItem(atPath: path) }

    /// Whether somebody holds the recorder's lock, and who.
    static func recorder(_ state: StateDirectory) -> HookStatus.Recorder {
        guard FileLock.isHeld(state.locks, at: state.recorderLock) else { return .idle }
        let text = try? String(contentsOfFile: state.recorder, encoding: .utf8)
        return .working(process: text.flatMap { Int32($0.dropLast()) })
    }
}
