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
    var text: String { String(name: name) }

    /// Why no checkout can make this; `nil` if one can. A tree that somebody has crafted may contain any name.
    var obstacle: String? {
        let bytes = name.dropLast().map { UInt8(bitPattern: $0) }
        if bytes.isEmpty || text == "." || text == ".." || bytes.contains(UInt8(ascii: "/")) {
            return "“\(text)” is not a name for a file"
        }
        if TreeItem.meansGitDirectory(bytes) { return "“\(text)” is a name that git keeps for itself" }
        return bytes.count > 255 ? "the name “\(text.prefix(40))…” has \(bytes.count) bytes" : nil
    }

    /// Whether a name is `.git` on some file system: in either case, as `git~1`, or with dots and spaces behind it.
    private static func meansGitDirectory(_ name: [UInt8]) -> Bool {
        let lowercase = name.map { (65...90).contains($0) ? $0 + 32 : $0 }
        for start in [".git", "git~1"] where lowercase.starts(with: start.utf8) {
            let rest = lowercase.dropFirst(start.utf8.count).drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: " ") }
            if rest.isEmpty || [UInt8(ascii: "\\"), UInt8(ascii: ":")].contains(rest.first) { return true }
        }
        return false
    }
}

extension String {
    /// The text of a name or path that ends in a zero byte.
    init(name: [CChar]) {
        self.init(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// What git records of a file besides its content.
struct FileMode: RawRepresentable, Equatable {
    let rawValue: UInt32

    static let file = FileMode(rawValue: 0o100644)
    static let program = FileMode(rawValue: 0o100755)
    static let link = FileMode(rawValue: 0o120000)
    static let submodule = FileMode(rawValue: 0o160000)

    private var type: UInt32 { rawValue & 0o170000 }

    var isTree: Bool { type == 0o040000 }
    var isFile: Bool { type == 0o100000 }
    var isLink: Bool { type == 0o120000 }
    var isSubmodule: Bool { type == 0o160000 }
    var isBlob: Bool { isFile || isLink }
    var isExecutable: Bool { isFile && rawValue & 0o100 != 0 }

    /// The mode that is used today; old histories contain others.
    var canonical: FileMode {
        isFile ? (isExecutable ? .program : .file) : FileMode(rawValue: type)
    }
}
