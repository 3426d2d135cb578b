private import CGit2

/// A revision that is being looked up, and what there is to say when it is none.
struct RevisionLookup {
    let revision: String

    init(_ revision: String) {
        self.revision = revision
    }

    var operation: String { "resolving the revision “\(revision)”" }

    /// Whether no name could be spelt like this, in whatever repository.
    var isMisspelt: Bool {
        guard let name = RevisionSyntax(Array(revision.utf8)[...])?.name, !name.isEmpty else { return true }
        var base = String(decoding: name, as: UTF8.self)
        if base.hasSuffix("}"), let at = base.firstPosition(of: "@{") { base = String(base[..<at]) }
        guard !base.isEmpty, base != "@" else { return false }
        var isValid: Int32 = 0
        return git_reference_name_is_valid(&isValid, "refs/heads/" + base) == 0 && isValid == 0
    }

    var invalid: GitError {
        GitError(
            .invalidRevision, operation: operation,
            message: revision.isEmpty || revision.hasPrefix("-") || revision.utf8.contains(0)
                ? "“\(revision)” is not a revision. Name a branch, a tag or a commit."
                : "“\(revision)” is not a revision that can be understood. Name a branch, a tag or a commit; "
                    + "git help revisions shows the spellings.")
    }

    var notACommit: GitError {
        GitError(
            .notACommit, operation: operation,
            message: "“\(revision)” names a file or a directory, and not a commit. Name a branch, a tag or a commit.")
    }

    var ambiguous: GitError {
        GitError(
            .ambiguousRevision, operation: operation,
            message: "“\(revision)” fits several objects. Write more digits of the commit's id.")
    }
}
