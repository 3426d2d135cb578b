import Foundation

extension UserCommand {
    /// Shows a file with the program that the desktop has for it.
    ///
    /// That program may be the one that stays until the user closes it, so it goes on by itself: only a failure within
    /// the first seconds is noticed.
    ///
    /// - Parameter path: The file's absolute path.
    /// - Returns: What went wrong, as a sentence; nil when nothing did so far.
    public static func open(_ path: String, environment: [String: String]) async -> String? {
        #if os(macOS)
            let name = "open"
        #else
            let name = "xdg-open"
        #endif
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name, path]
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ends = AsyncStream<Int32> { ends in
            process.terminationHandler = {
                ends.yield($0.terminationStatus)
                ends.finish()
            }
        }
        do { try process.run() } catch { return "\(error.localizedDescription)." }
        let status = await withTaskGroup(of: Int32?.self) { tasks in
            tasks.addTask { await ends.first { _ in true } }
            tasks.addTask {
                // Cancelled when the program ends before.
                try? await Task.sleep(for: .seconds(3))
                return nil
            }
            defer { tasks.cancelAll() }
            return await tasks.next() ?? nil
        }
        switch status {
        case nil, 0: return nil
        case 127: return "there is no \(name) on this machine. Open the file in a browser."
        case let status?: return "\(name) ended with the status \(status). Open the file in a browser."
        }
    }
}
