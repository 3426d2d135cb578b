/// The git hooks that allocbisect puts into a repository.
///
/// A merge and a pull end with `post-merge`; a rebase, and with it `git pull --rebase`, only with `post-rewrite`.
public enum Hook: String, Sendable, CaseIterable {
    case postMerge = "post-merge"
    case postRewrite = "post-rewrite"

    /// The script, the same for all of them: its arguments tell which one git calls, whatever name it goes by.
    public static var script: String { String(decoding: content, as: UTF8.self) }
    static let content = PackageResources.post_merge
    /// What a hook of somebody else's does to call ours.
    public static let line = #"allocbisect hook script 2>/dev/null | sh -s -- "$@""#
    /// What only scripts of ours have in their first lines, of whatever version.
    private static let mark = "# allocbisect hook: "

    /// Whether a hook's content is a script of ours, of this version or another.
    static func isOurs(_ content: some Sequence<UInt8>) -> Bool {
        String(decoding: Array(content.prefix(1000)), as: UTF8.self).contains("\n" + mark)
    }
}
