import CGit2

extension ObjectDatabase {
    /// Follows tags, and a commit to its tree, until an object is of a kind; `nil` if it leads to none.
    ///
    /// - Parameter kind: What to follow to; whatever is not a tag if it is `nil`.
    func peeled(_ id: ObjectID, to kind: ObjectKind?, _ operation: String) throws(GitError) -> ObjectID? {
        var id = id
        // No chain of tags is anywhere near as long.
        for _ in 0..<1_000 {
            let (type, target) = try withAnyObject(id, operation) { (type, bytes) in
                switch type {
                case GIT_OBJECT_TAG: (type, ObjectDatabase.id(after: "object ", in: bytes))
                case GIT_OBJECT_COMMIT: (type, RawCommit(bytes)?.tree)
                default: (type, nil)
                }
            }
            let isThere =
                switch kind {
                case nil: type != GIT_OBJECT_TAG
                case .any?: true
                case .commit?: type == GIT_OBJECT_COMMIT
                case .tag?: type == GIT_OBJECT_TAG
                case .tree?: type == GIT_OBJECT_TREE
                case .blob?: type == GIT_OBJECT_BLOB
                }
            if isThere { return id }
            guard let target, type == GIT_OBJECT_TAG || kind == .tree else { return nil }
            id = target
        }
        return nil
    }

    private static func id(after word: StaticString, in bytes: UnsafeRawBufferPointer) -> ObjectID? {
        let length = word.utf8CodeUnitCount
        guard bytes.count >= length + 40, bytes.starts(with: UnsafeBufferPointer(start: word.utf8Start, count: length))
        else { return nil }
        return ObjectID(hexDigits: UnsafeRawBufferPointer(rebasing: bytes[length..<length + 40]))
    }

    /// Whether there is an object of that id.
    func contains(_ id: ObjectID) -> Bool {
        var oid = id.oid
        return git_odb_exists(pointer, &oid) == 1
    }

    /// All objects whose ids begin with some digits, of which there are at least four.
    func ids(beginningWith digits: String, _ operation: String) throws(GitError) -> [ObjectID] {
        var (prefix, found) = (git_oid(), git_oid())
        let status = git_oid_fromstrn(&prefix, digits, digits.utf8.count)
        guard status == 0 else { return [] }
        switch git_odb_exists_prefix(&found, pointer, &prefix, digits.utf8.count) {
        case 0: return [ObjectID(found)]
        case GIT_EAMBIGUOUS.rawValue: break
        default:
            git_error_clear()
            return []
        }
        // Only now it is worth going through all objects.
        var search = Search(prefix: prefix, digits: digits.utf8.count)
        try withUnsafeMutablePointer(to: &search) { (search) throws(GitError) in
            _ = try checked(operation) {
                git_odb_foreach(
                    pointer,
                    { id, search in
                        guard let id, let search = search?.assumingMemoryBound(to: Search.self) else { return 0 }
                        if git_oid_ncmp(id, &search.pointee.prefix, search.pointee.digits) == 0 {
                            search.pointee.found.insert(ObjectID(id.pointee))
                        }
                        return 0
                    }, search)
            }
        }
        return search.found.sorted()
    }

    private struct Search {
        var prefix: git_oid
        var digits: Int
        var found: Set<ObjectID> = []
    }
}
