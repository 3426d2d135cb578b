/// How text for people may look: with colours or without, and whether places in files can be followed.
public struct TextStyle: Sendable, Hashable {
    /// Whether escape sequences for colours are written.
    public let hasColor: Bool
    /// Where places in files lead; nil for no links.
    public let links: FileLinks?

    /// Creates a style; without links, places in files are plain text.
    public init(hasColor: Bool, links: FileLinks? = nil) {
        self.hasColor = hasColor
        self.links = links
    }

    func bold(_ text: String) -> String { wrap(text, "1") }
    func red(_ text: String) -> String { wrap(text, "31") }
    func green(_ text: String) -> String { wrap(text, "32") }

    /// A file, or a line of it, as it is called in text.
    ///
    /// - Parameters:
    ///   - file: The path from the repository's root.
    ///   - line: Counted from 1; nil for the file.
    func place(_ file: String, _ line: Int? = nil) -> String {
        let text = file.terminalSafe + (line.map { ":\($0)" } ?? "")
        return links?.link(text, to: file) ?? text
    }

    private func wrap(_ text: String, _ code: String) -> String {
        hasColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}

/// Links to files of a work tree, as terminals follow them.
///
/// Source: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
public struct FileLinks: Sendable, Hashable {
    /// The machine that has the files, so that a terminal elsewhere does not look for them on its own.
    let host: String
    /// The root of the work tree.
    let folder: String

    /// Links to the files of a work tree.
    public init(host: String, folder: String) {
        self.host = host
        self.folder = folder
    }

    fileprivate func link(_ text: String, to file: String) -> String {
        let path = folder.hasSuffix("/") ? folder + file : folder + "/" + file
        let url = "file://" + FileLinks.encoded(host) + FileLinks.encoded(path)
        return "\u{1b}]8;;\(url)\u{1b}\\\(text)\u{1b}]8;;\u{1b}\\"
    }

    /// The text as it may stand in a URL's path.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "-")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_")
            return isPlain
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

extension [[String]] {
    /// Paragraphs as one text: a blank line between any two, and nothing for one without lines.
    var text: String {
        filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }
}
