/// What taking a change back comes to.
public enum Reversal: Sendable, Hashable {
    /// It can be taken back: the files in which the result differs from the commit that it was taken back on.
    case clean([Replacement])
    /// What came after it has changed the same lines or files: their paths, in order. Bytes that are no text are U+FFFD.
    case conflicts([String])
}
