import Foundation

/// The folder in the common git directory where everything lies that allocbisect keeps.
public struct StateDirectory: Sendable, Hashable {
    /// The folder's absolute path, such as `/src/project/.git/allocbisect`.
    public let path: String

    /// The state folder of a repository; it is made when something is first written.
    public init(commonDirectory: String) { path = commonDirectory + "/allocbisect" }

    /// The results cache, unless the user names another.
    public var cache: String { path + "/measurements.sqlite" }
    /// The measuring probe's files.
    var probe: String { path + "/probe" }
    /// Where files lie until they are whole.
    var temporaries: String { path + "/temporary" }
    /// The profiles of explained commits.
    package var profiles: String { path + "/profiles" }
    /// Up to which commit there were reports, as JSON.
    package var reports: String { path + "/reports.json" }
    /// The file that all locks are on.
    package var locks: String { path + "/locks" }
    /// The folder that holds the slots, in the order that `Confinement` tells.
    package var worktrees: String { path + "/worktrees" }
    /// The worktree of a slot.
    func worktree(ofSlot slot: Int) -> String { "\(worktrees)/\(slot)" }
    /// What a slot needs besides its worktree: binaries and temporary files. It is emptied by the slot's next owner.
    func scratch(ofSlot slot: Int) -> String { "\(worktrees)/\(slot).scratch" }

    /// What a slot's box is talked to with.
    func box(ofSlot slot: Int) -> String { "\(worktrees)/\(slot).box" }

    /// Makes the folder, or sees that it can be written to.
    ///
    /// - Throws: `CoreError` when nothing can be kept there.
    package func create() throws(CoreError) {
        do {
            try FileManager.default.createDirectory(atPath: worktrees, withIntermediateDirectories: true)
        } catch {
            throw refusal ?? unwritable(error.localizedDescription)
        }
        if let refusal { throw refusal }
    }

    /// Why nothing can be kept here; nil when it can. Nothing is made.
    package var refusal: CoreError? {
        // What is not there yet is made in the folder above it.
        let folder =
            FileManager.default.fileExists(atPath: path) ? path : URL(filePath: path).deletingLastPathComponent().path
        return access(folder, W_OK | X_OK) == 0 ? nil : unwritable(String(cString: strerror(errno)))
    }

    private func unwritable(_ reason: String) -> CoreError {
        CoreError(
            .surroundings,
            "Nothing can be kept in \(path): \(reason). Measurements and worktrees need that folder: make it writable, "
                + "or clone the repository to where you may write.")
    }
}
