public import Foundation
public import Git

/// A commit that a hook asked to have measured.
///
/// An entry is an empty file whose name says everything: `COMMIT.BEFORE.HOOK`, and `.TRIES` after it once measuring
/// has failed. So it needs no space, and is changed and removed in one step.
public struct QueueEntry: Sendable, Hashable {
    /// The commit that the merge or rebase arrived at.
    public let commit: ObjectID
    /// The commit that the branch was at before; nil when git did not say.
    public let before: ObjectID?
    /// The name of the hook.
    public let hook: String
    /// How often measuring has failed for reasons that are not in the commit.
    public let tries: Int
    /// When it was asked for.
    public let time: Date
    let file: String

    /// Reads a file's name; nil when it is not an entry.
    init?(file: String, time: Date) {
        let parts = file.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard (3...4).contains(parts.count), let commit = ObjectID(parts[0]) else { return nil }
        self.commit = commit
        before = ObjectID(parts[1])
        hook = parts[2]
        tries = parts.count == 4 ? Int(parts[3]) ?? 0 : 0
        self.time = time
        self.file = file
    }

    /// What stays the same from one try to the next.
    struct Key: Hashable {
        let commit: ObjectID
        let hook: String
        let time: Date
    }

    var key: Key { Key(commit: commit, hook: hook, time: time) }

    /// The name of the file after one more try.
    var fileAfterTry: String { file.split(separator: ".").prefix(3).joined(separator: ".") + ".\(tries + 1)" }
}

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
