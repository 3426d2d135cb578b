import Git

/// Links to what a commit holds, for a document that is read elsewhere than on this machine; without a forge, what would
/// be linked stands alone.
struct CommitLinks {
    let forge: Forge?
    let commit: ObjectID

    /// A line of the commit.
    func line(_ text: String, _ file: String, _ line: Int) -> String {
        forge.map { "[\(text)](\($0.url(ofLine: line, in: file, at: commit)))" } ?? text
    }

    /// Any commit, as a text or else as the first digits of its hash.
    func commit(_ id: ObjectID, as text: String? = nil) -> String {
        let text = text ?? "`\(id.short)`"
        return forge.map { "[\(text)](\($0.url(of: id)))" } ?? text
    }
}
