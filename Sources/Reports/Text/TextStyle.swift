/// How text for people may look: with colours or without.
public struct TextStyle: Sendable, Hashable {
    /// Whether escape sequences for colours are written.
    public let hasColor: Bool

    /// A style.
    public init(hasColor: Bool) { self.hasColor = hasColor }

    func bold(_ text: String) -> String { wrap(text, "1") }
    func red(_ text: String) -> String { wrap(text, "31") }
    func green(_ text: String) -> String { wrap(text, "32") }

    private func wrap(_ text: String, _ code: String) -> String {
        hasColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
