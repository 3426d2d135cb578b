/// The files of a repository that can decide a package's measurement, as paths from the repository's root.
///
/// Two commits in which all of them are the same have the same measurement, since a new import can only come from a
/// changed file among them.
public struct Inputs: Hashable, Sendable {
    /// Whole files or folders; one that is absent counts as absent. The empty path is the whole repository.
    public var paths: Set<String> = []
    /// Folders of which the files that Go builds count, and nothing below.
    public var directories: Set<String> = []

    /// Creates inputs without any file, to which others are added.
    public init() {}

    /// Everything in the repository.
    public static let everything: Inputs = {
        var inputs = Inputs()
        inputs.paths = [""]
        return inputs
    }()

    /// One line a path, folders with a trailing `/*`, sorted: the same text for equal inputs.
    ///
    /// A line break, a backslash and a `*` in a path itself are escaped, so that different inputs differ.
    public var text: String {
        (paths.map(\.escapedLine) + directories.map { $0.escapedLine + "/*" }).sorted().map { $0 + "\n" }.joined()
    }

    /// Reads what `text` wrote.
    public init(text: some StringProtocol) {
        let lines = String(text).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines.dropLast() {
            if line.suffix(2).elementsEqual("/*".unicodeScalars) {
                directories.insert(String(unescaping: line.dropLast(2)))
            } else {
                paths.insert(String(unescaping: line))
            }
        }
    }

    /// Adds what another measurement depends on.
    public mutating func formUnion(_ other: Inputs) {
        paths.formUnion(other.paths)
        directories.formUnion(other.directories)
    }
}
