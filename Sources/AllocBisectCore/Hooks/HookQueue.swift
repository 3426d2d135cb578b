import Foundation

/// The commits that the hooks asked to have measured, in a folder that anybody may add to at any time.
struct HookQueue {
    let folder: String

    /// The entries, the oldest first; none when there is no queue.
    func entries() -> [QueueEntry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            return QueueEntry(file: name, time: attributes?[.modificationDate] as? Date ?? .distantPast)
        }.sorted { ($0.time, $0.file) < ($1.time, $1.file) }
    }

    /// Takes an entry off the queue.
    func remove(_ entry: QueueEntry) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(entry.file)") }

    /// Notes in an entry's name that it was tried once more.
    func noteTry(of entry: QueueEntry) {
        // A rename needs no space. If it fails all the same, the next recorder tries once more than it should.
        rename("\(folder)/\(entry.file)", "\(folder)/\(entry.fileAfterTry)")
    }
}
