import CGit2

/// Goes through the raw bytes of a tree object: for each entry the mode in octal digits, a space, the name, a zero
/// byte, and the 20 bytes of the id.
struct TreeEntries: Sequence, IteratorProtocol {
    /// One name in a directory.
    struct Entry {
        let mode: FileMode
        let name: Slice<UnsafeRawBufferPointer>
        let id: ObjectID
        /// Everything about this entry as it stands in the tree.
        let raw: Slice<UnsafeRawBufferPointer>
    }

    private var rest: Slice<UnsafeRawBufferPointer>

    /// Valid as long as `bytes` are.
    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes[...]
    }

    /// Whether all of the bytes were entries, once `next` has none left.
    var isAtEnd: Bool { rest.isEmpty }

    /// Ends early where the bytes are not a tree.
    mutating func next() -> Entry? {
        var mode: UInt32 = 0
        var position = rest.startIndex
        while position < rest.endIndex, rest[position] != UInt8(ascii: " ") {
            mode = mode << 3 | UInt32(rest[position] & 7)
            position += 1
        }
        let nameStart = position + 1
        guard nameStart < rest.endIndex, let nameEnd = rest[nameStart...].firstIndex(of: 0),
            rest.endIndex - nameEnd > ObjectID.byteCount
        else { return nil }
        let end = nameEnd + 1 + ObjectID.byteCount
        let id = ObjectID(rawBytes: UnsafeRawBufferPointer(rebasing: rest[nameEnd + 1..<end]))
        defer { rest = rest[end...] }
        return Entry(mode: FileMode(rawValue: mode), name: rest[nameStart..<nameEnd], id: id, raw: rest[..<end])
    }
}

/// Finds files of a commit by their paths, and reads each directory once.
struct TreeLookup {
    private let root: ObjectID
    private var directories: [ObjectID: [[CChar]: TreeItem]] = [:]

    init(root: ObjectID) {
        self.root = root
    }

    /// What lies at a path, given by its names with a zero byte at the end of each; `nil` if nothing does.
    mutating func item(
        _ names: [[CChar]], _ objects: borrowing ObjectDatabase, _ operation: String
    ) throws(GitError) -> TreeItem? {
        var tree = root
        for (position, name) in names.enumerated() {
            if directories[tree] == nil {
                let items = try objects.items(of: tree, operation)
                directories[tree] = Dictionary(items.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            }
            guard let item = directories[tree]?[name] else { return nil }
            if position == names.count - 1 { return item }
            guard item.mode.isTree else { return nil }
            tree = item.id
        }
        return nil
    }
}
