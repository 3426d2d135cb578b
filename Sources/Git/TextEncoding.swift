/// How the text of a commit is spelled in bytes.
enum TextEncoding {
    case utf8
    case latin1

    /// Understands the `encoding` header of a commit; UTF-8 for none, and for those that are not known here.
    init(named name: Slice<UnsafeRawBufferPointer>) {
        let folded = String(decoding: name, as: UTF8.self).lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        self = ["latin1", "iso88591", "l1"].contains(folded) ? .latin1 : .utf8
    }

    /// The text; bytes that are none become U+FFFD.
    func decode(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        switch self {
        case .utf8:
            return String(decoding: bytes, as: UTF8.self)
        case .latin1:
            var text = ""
            text.unicodeScalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
            return text
        }
    }
}
