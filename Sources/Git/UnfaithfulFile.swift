/// Something in a worktree slot that is not as git, and the programs that the user has set up for it, would have made it.
public struct UnfaithfulFile: Sendable, Hashable {
    /// The path of a file or a submodule, from the root of the slot.
    public let path: String
    /// Why: a clause that names the path and says what to do.
    public let reason: String

    /// Makes one from its parts.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

extension TreeSelection {
    /// Whether something that is chosen is this file, lies inside of it, or may be.
    public func concerns(_ file: UnfaithfulFile) -> Bool {
        contains(file.path) || paths.union(directories).contains { $0.hasPrefix(file.path + "/") || $0 == file.path }
    }
}
