/// A long text on its way out, in pieces of a size that is written at once.
struct TextPieces {
    /// What was not handed out yet.
    var text = ""
    private let output: (String) throws -> Void
    /// How much text is gathered before it is handed out, in bytes.
    private static let size = 1 << 16

    /// Pieces that are given to a closure.
    init(_ output: @escaping (String) throws -> Void) { self.output = output }

    /// Adds a text, and hands out a piece when there is enough.
    mutating func add(_ more: some StringProtocol) throws {
        text += more
        if text.utf8.count >= TextPieces.size { try finish() }
    }

    /// Hands out what is left.
    mutating func finish() throws {
        try output(text)
        text.removeAll(keepingCapacity: true)
    }
}
