import Foundation
public import Git

/// The hooks in the folder where git looks for them: what is there, and putting ours in and taking them out.
///
/// A hook that is there already is moved aside, and ours calls it. Moving keeps its content, its mode and its being a
/// link.
public struct HookInstallation: Sendable {
    /// The folder in which git looks for hooks.
    public let folder: String
    /// Whether the folder lies outside of the repository, so that others may use it as well.
    public let isShared: Bool

    /// How a hook is.
    public enum State: String, Sendable {
        /// Ours is in place.
        case installed
        /// One of ours is in place, but of another version.
        case outdated
        /// One that is not ours is in place.
        case foreign
        /// There is none.
        case absent
    }

    /// Finds the folder of the repository around a folder.
    ///
    /// - Throws: `GitError` if there is no repository, or its settings cannot be read.
    public init(directory: String) throws(GitError) {
        let repository = try Repository(discovering: directory)
        let path = realPath(URL(filePath: try repository.hooksDirectory()).standardizedFileURL.path)
        let roots = [repository.commonDirectory, repository.workDirectory].compactMap { $0.map(realPath) }
        isShared = !roots.contains { path == $0 || path.hasPrefix($0 + "/") }
        folder = path
    }

    /// Where a hook belongs.
    public func path(of hook: Hook) -> String { "\(folder)/\(hook.rawValue)" }

    /// How a hook is.
    public func state(of hook: Hook) -> State {
        guard HookFile.exists(path(of: hook)) else { return .absent }
        let content = FileManager.default.contents(atPath: path(of: hook)) ?? Data()
        guard Hook.isOurs(content) else { return .foreign }
        let isCurrent = content.elementsEqual(Hook.script)
        return isCurrent && FileManager.default.isExecutableFile(atPath: path(of: hook)) ? .installed : .outdated
    }

    /// Whether a hook that was there before is kept beside ours.
    public func hasPrevious(_ hook: Hook) -> Bool { HookFile.exists(pathOfPrevious(hook)) }

    func pathOfPrevious(_ hook: Hook) -> String { "\(folder)/\(hook.nameOfPrevious)" }
}
