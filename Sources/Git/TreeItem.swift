/// One name in a directory of a commit, copied out of its tree.
struct TreeItem: Equatable {
    let mode: FileMode
    /// The name as bytes, with a zero at the end.
    let name: [CChar]
    let id: ObjectID

    init(_ entry: TreeEntries.Entry) {
        mode = entry.mode
        name = entry.name.map { CChar(bitPattern: $0) } + [0]
        id = entry.id
    }

    /// The name as text.
    var text: String { String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) }

    /// Whether the name stands for something in its directory and for nothing else. A tree that somebody has crafted
    /// may contain any.
    var isNameSafe: Bool {
        !["", ".", "..", ".git"].contains(text.lowercased()) && !name.contains(CChar(bitPattern: UInt8(ascii: "/")))
    }
}
