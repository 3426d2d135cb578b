import Foundation
public import Git
import Measuring

/// The hooks in the folder where git looks for them: what is there, and putting ours in and taking them out.
///
/// A hook that is there already is moved into a folder of its own, and ours calls it there. Moving keeps its name, its
/// content, its mode and its being a link. The folder lies beside that of the hooks, and what else lies among these is
/// linked from it, so that a hook which looks around itself finds what it did before.
public struct HookInstallation: Sendable {
    /// The folder in which git looks for hooks.
    public let folder: String
    /// Who else looks after it.
    let owner: HookOwner?

    /// How a hook is.
    public enum State: String, Sendable {
        /// Ours is in place.
        case installed
        /// One of ours is in place, but of another version.
        case outdated
        /// One that is not ours is in place.
        case foreign
        /// No file is where git looks for the hook.
        case absent
    }

    /// The hooks in a folder, whatever repository it belongs to.
    init(folder: String, owner: HookOwner?) { (self.folder, self.owner) = (folder, owner) }

    /// Finds the folder of the repository around a folder.
    ///
    /// - Throws: `GitError` if there is no repository, or its settings or its index cannot be read.
    public init(directory: String) throws(GitError) {
        let repository = try Repository(discovering: directory)
        folder = realPath(URL(filePath: try repository.hooksDirectory()).standardizedFileURL.path)
        owner = try HookOwner.owner(of: folder, in: repository)
    }

    /// Where a hook belongs.
    public func path(of hook: Hook) -> String { "\(folder)/\(hook.rawValue)" }

    /// How a hook is.
    public func state(of hook: Hook) -> State {
        guard HookFile.exists(path(of: hook)) else { return .absent }
        let content = FileManager.default.contents(atPath: path(of: hook)) ?? Data()
        guard Hook.isOurs(content) else { return .foreign }
        let isCurrent = content.elementsEqual(Hook.content)
        return isCurrent && FileManager.default.isExecutableFile(atPath: path(of: hook)) ? .installed : .outdated
    }

    /// Whether a hook that was there before is kept.
    public func hasPrevious(_ hook: Hook) -> Bool { HookFile.exists(pathOfPrevious(hook)) }

    /// Where a hook is kept that was there before.
    public func pathOfPrevious(_ hook: Hook) -> String { "\(keptFolder)/\(hook.rawValue)" }

    /// The folder of the hooks that were there before; the script knows it by the same name.
    var keptFolder: String { folder + ".before-allocbisect" }
}
