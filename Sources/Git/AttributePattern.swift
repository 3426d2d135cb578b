/// Which files a line of a `.gitattributes` file is about.
struct AttributePattern: Sendable, Hashable {
    private let bytes: [UInt8]
    /// Whether it is about names in any directory below.
    private let isName: Bool
    /// Whether it is about directories, which have no attributes that matter.
    private let isDirectory: Bool
    private let hasWildcards: Bool

    /// Reads a pattern; `nil` for a negative one, which git ignores.
    init?(_ pattern: [UInt8]) {
        guard pattern.first != UInt8(ascii: "!") else { return nil }
        isDirectory = pattern.last == UInt8(ascii: "/")
        bytes = isDirectory ? pattern.dropLast() : pattern
        isName = !bytes.contains(UInt8(ascii: "/"))
        hasWildcards = bytes.contains(where: Wildmatch.isSpecial)
    }

    /// Whether it is about a file.
    ///
    /// - Parameters:
    ///   - path: The path from the directory in which the pattern was written.
    ///   - name: The last part of the path.
    func matches(_ path: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>, ignoresCase: Bool) -> Bool {
        if isDirectory { return false }
        let subject = isName ? name : path
        let pattern = !isName && bytes.first == UInt8(ascii: "/") ? bytes.dropFirst() : bytes[...]
        if !hasWildcards, !ignoresCase { return subject.elementsEqual(pattern) }
        if isName, pattern.first == UInt8(ascii: "*"), !ignoresCase,
            !pattern.dropFirst().contains(where: Wildmatch.isSpecial)
        {
            return subject.count >= pattern.count - 1
                && subject.suffix(pattern.count - 1).elementsEqual(pattern.dropFirst())
        }
        return Wildmatch.matches(subject, pattern, isPath: !isName, ignoresCase: ignoresCase)
    }
}
