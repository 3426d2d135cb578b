/// The git hooks that allocbisect puts into a repository.
///
/// A merge and a pull end with `post-merge`; a rebase, and with it `git pull --rebase`, only with `post-rewrite`.
public enum Hook: String, Sendable, CaseIterable {
    case postMerge = "post-merge"
    case postRewrite = "post-rewrite"

    /// The script, the same for all of them: it goes by the name it is called by.
    static let script = PackageResources.post_merge
    /// What only scripts of ours have in their first lines, of whatever version.
    private static let mark = "# allocbisect hook: "

    /// Whether a hook's content is a script of ours, of this version or another.
    static func isOurs(_ content: some Sequence<UInt8>) -> Bool {
        String(decoding: Array(content.prefix(1000)), as: UTF8.self).contains("\n" + mark)
    }

    /// What a hook that was there before is called while ours stands in its place and calls it. Git takes no
    /// notice of it.
    public var nameOfPrevious: String { rawValue + ".before-allocbisect" }
}
