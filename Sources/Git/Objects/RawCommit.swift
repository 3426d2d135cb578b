/// A commit object taken apart.
///
/// Read leniently, as git does: histories contain commits without an e-mail address, without a date, and with
/// bytes that are not text. Only the ids must be right.
struct RawCommit {
    let tree: ObjectID
    let parents: [ObjectID]
    /// What follows the `parent` lines.
    let afterParents: Slice<UnsafeRawBufferPointer>

    /// Reads a commit object; `nil` if its ids are not where they belong. Valid as long as `bytes` are.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let tree = RawCommit.id(after: "tree ", in: bytes[...]) else { return nil }
        var rest = bytes.dropFirst(46)
        var parents: [ObjectID] = []
        while let parent = RawCommit.id(after: "parent ", in: rest) {
            parents.append(parent)
            rest = rest.dropFirst(48)
        }
        self.tree = tree
        self.parents = parents
        afterParents = rest
    }

    /// Seconds since 1970, or 0 if there is no date.
    var commitTime: Int64 {
        RawSignature(header("committer ")).time
    }

    /// The value of the first header line with that name, which ends in a space.
    func header(_ name: StaticString) -> Slice<UnsafeRawBufferPointer> {
        var rest = afterParents
        while let first = rest.first, first != UInt8(ascii: "\n") {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            if RawCommit.begins(rest, with: name) {
                return rest[rest.startIndex + name.utf8CodeUnitCount..<end]
            }
            rest = rest[min(end + 1, rest.endIndex)...]
        }
        return rest[rest.endIndex...]
    }

    /// Everything after the header and the blank line behind it.
    var message: Slice<UnsafeRawBufferPointer> {
        var rest = afterParents
        while let first = rest.first, first != UInt8(ascii: "\n") {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            rest = rest[min(end + 1, rest.endIndex)...]
        }
        return rest.dropFirst()
    }

    /// The message, without blank lines at the start.
    var body: Slice<UnsafeRawBufferPointer> {
        message.drop { $0 == UInt8(ascii: "\n") }
    }

    private static func id(after name: StaticString, in bytes: Slice<UnsafeRawBufferPointer>) -> ObjectID? {
        let length = name.utf8CodeUnitCount
        guard bytes.count > length + 40, begins(bytes, with: name) else { return nil }
        let start = bytes.startIndex + length
        guard bytes[start + 40] == UInt8(ascii: "\n") else { return nil }
        return ObjectID(hexDigits: UnsafeRawBufferPointer(rebasing: bytes[start..<start + 40]))
    }

    private static func begins(_ bytes: Slice<UnsafeRawBufferPointer>, with name: StaticString) -> Bool {
        guard bytes.count >= name.utf8CodeUnitCount else { return false }
        for offset in 0..<name.utf8CodeUnitCount where bytes[bytes.startIndex + offset] != name.utf8Start[offset] {
            return false
        }
        return true
    }
}
