import CGit2

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What git reads instead of some objects: `git replace` puts other objects there, and `info/grafts` other parents.
/// libgit2 1.5 knows neither.
struct Substitutes: Sendable, Hashable {
    /// The object to read for another one.
    private(set) var objects: [ObjectID: ObjectID] = [:]
    /// The parents to take a commit to have.
    private(set) var parents: [ObjectID: [ObjectID]] = [:]

    var isEmpty: Bool { objects.isEmpty && parents.isEmpty }

    /// Git follows no more replacements of one object than this.
    private static let depth = 5

    /// Those of a repository.
    init(of repository: OpaquePointer, in commonDirectory: String) throws(GitError) {
        try readReplacements(of: repository)
        for line in FileSystem.read(commonDirectory + "/info/grafts")?.split(separator: UInt8(ascii: "\n")) ?? [] {
            let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
            let ids = words.map { ObjectID(String(decoding: $0, as: UTF8.self)) }
            // Whatever is not a list of ids is a comment.
            guard let commit = ids.first ?? nil, ids.allSatisfy({ $0 != nil }) else { continue }
            parents[commit] = ids.dropFirst().compactMap { $0 }
        }
    }

    private mutating func readReplacements(of repository: OpaquePointer) throws(GitError) {
        let operation = "reading the replacements in refs/replace"
        let settings = try Handle(git_config_free, operation) { git_repository_config($0, repository) }
        var isUsed: Int32 = 1
        _ = git_config_get_bool(&isUsed, settings.pointer, "core.useReplaceRefs")
        git_error_clear()
        guard isUsed != 0, getenv("GIT_NO_REPLACE_OBJECTS") == nil else { return }
        let base = getenv("GIT_REPLACE_REF_BASE").map { String(cString: $0) } ?? "refs/replace/"
        let iterator = try Handle(git_reference_iterator_free, operation) {
            git_reference_iterator_glob_new($0, repository, base + "*")
        }
        var name: UnsafePointer<CChar>?
        while git_reference_next_name(&name, iterator.pointer) == 0, let name {
            var id = git_oid()
            guard let replaced = ObjectID(String(String(cString: name).dropFirst(base.count))),
                git_reference_name_to_id(&id, repository, name) == 0
            else { continue }
            objects[replaced] = ObjectID(id)
        }
        git_error_clear()
    }

    /// What to read for an object; `nil` for itself.
    func answer(_ id: ObjectID, from plain: borrowing ObjectDatabase) -> ObjectBackend.Answer {
        guard objects[id] != nil || parents[id] != nil else { return .absent }
        var target = id
        for _ in 0...Substitutes.depth {
            guard let next = objects[target] else {
                do {
                    return try plain.withAnyObject(target, "reading a replacement") { (type, bytes) in
                        .object(type, parents[id].map { RawCommit.bytes(bytes, withParents: $0) } ?? Array(bytes))
                    }
                } catch {
                    return .damaged("what replaces it cannot be read: \(error.message)")
                }
            }
            target = next
        }
        return .damaged("its replacements lead to each other")
    }

    /// All of it, the same for equal contents; nothing if it is empty.
    var text: String {
        let lines =
            objects.map { "replace \($0) \($1)" } + parents.map { "graft \(([$0] + $1).map(\.description))" }
        return lines.sorted().joined(separator: "\n")
    }
}

extension RawCommit {
    /// A commit object with other parents.
    static func bytes(_ bytes: UnsafeRawBufferPointer, withParents parents: [ObjectID]) -> [UInt8] {
        guard let commit = RawCommit(bytes) else { return Array(bytes) }
        let header = "tree \(commit.tree)\n" + parents.map { "parent \($0)\n" }.joined()
        return Array(header.utf8) + commit.afterParents
    }
}
