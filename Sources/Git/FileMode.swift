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
