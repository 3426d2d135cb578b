/// What went wrong while reading or writing a repository.
///
/// `message` is written for the user: it says what happened, where, and what can be done about it.
public struct GitError: Error, CustomStringConvertible, Sendable, Hashable {
    /// The kinds of failure that a caller may want to tell apart.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// No repository at the path or above it.
        case notARepository
        /// The repository belongs to another user, and is not listed in `safe.directory`.
        case notOwned
        /// The history that was asked for goes beyond what a shallow clone holds.
        case shallow
        /// An object is missing because the repository is a partial clone.
        case partialClone
        /// An object is missing although the repository should hold it.
        case missingObject
        /// An object is there, but cannot be read.
        case damagedObject
        /// The repository names its objects by a hash other than SHA-1.
        case objectFormat
        /// The repository uses an extension, or a format version, that this program doesn't know.
        case unknownExtension
        /// The repository is bare, and a work tree is needed.
        case bare
        /// `HEAD` names a branch without any commit.
        case unbornHead
        /// No object is known by that revision.
        case unknownRevision
        /// Several objects fit the revision.
        case ambiguousRevision
        /// The text is not a revision.
        case invalidRevision
        /// The revision names a tree or a file, and not a commit.
        case notACommit
        /// The text is not a revision range.
        case invalidRange
        /// The two ends of a range have no commit in common.
        case unrelatedHistories
        /// The files of a commit cannot all be made, by git neither.
        case impossibleTree
        /// A patch that does not fit a commit's files, or is none.
        case patch
        /// A worktree slot cannot be made, filled or removed.
        case worktree
        /// A name, path or signature that cannot be written to a repository.
        case invalidName
        /// No remote is known by that name.
        case unknownRemote
        /// A remote cannot be reached, or refuses what was asked of it.
        case transfer
        /// The operating system refused to read or write a file.
        case fileSystem
        /// libgit2 failed in a way that has no case of its own.
        case library
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, as a verb phrase: "opening the repository".
    public let operation: String
    /// Full sentences for the user.
    public let message: String

    /// Makes an error from its three parts.
    public init(_ code: Code, operation: String, message: String) {
        self.code = code
        self.operation = operation.withoutPasswords
        self.message = message.withoutPasswords
    }

    public var description: String { message }
}
