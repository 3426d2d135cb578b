import CGit2

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Repository {
    /// What a ref named at a point in time, by its own log; `nil` if nothing can be made of the time.
    ///
    /// Git's words for points in time are many, and libgit2 knows them. But of a symbolic ref such as HEAD it reads the log
    /// of the branch that is checked out now, which knows nothing of the others. So it is asked about a copy of the log
    /// then, in a repository of its own that goes away at once.
    func logged(_ reference: String, at time: String, _ operation: String) throws(GitError) -> ObjectID? {
        guard isSymbolic(reference) else { return named("\(reference)@{\(time)}", in: handle.pointer) }
        let log = try Handle(git_reflog_free, operation) { git_reflog_read($0, handle.pointer, reference) }
        let folder = try makeTemporaryDirectory()
        defer { try? FileSystem.removeTree(folder) }
        let copy = try Repository.create(at: folder, bare: true)
        let pointer = copy.handle.pointer
        try checked(operation) { git_repository_set_odb(pointer, objects.pointer) }
        guard try write(log, as: Repository.copiedReference, to: pointer, operation) else { return nil }
        return named("\(Repository.copiedReference)@{\(time)}", in: pointer)
    }

    private static let copiedReference = "refs/heads/copy"

    private func makeTemporaryDirectory() throws(GitError) -> String {
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var path = Array("\(place)/allocbisect-XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil else { throw FileSystem.failure("making a temporary directory in \(place)") }
        return String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private func isSymbolic(_ reference: String) -> Bool {
        var found: OpaquePointer?
        guard git_reference_lookup(&found, handle.pointer, reference) == 0 else { return false }
        defer { git_reference_free(found) }
        return git_reference_type(found) == GIT_REFERENCE_SYMBOLIC
    }

    private func named(_ text: String, in repository: OpaquePointer) -> ObjectID? {
        var object: OpaquePointer?
        guard git_revparse_single(&object, repository, text) == 0, let object else { return nil }
        defer { git_object_free(object) }
        return ObjectID(git_object_id(object).pointee)
    }

    /// Writes the entries of a log as those of another ref; `false` when there are none.
    private func write(
        _ log: borrowing Handle, as reference: String, to repository: OpaquePointer, _ operation: String
    ) throws(GitError) -> Bool {
        // Oldest first. A branch that was renamed was nothing for a moment, which git passes over.
        let entries = (0..<git_reflog_entrycount(log.pointer)).reversed().compactMap {
            git_reflog_entry_byindex(log.pointer, $0)
        }.filter { git_oid_is_zero(git_reflog_entry_id_new($0)) == 0 }
        guard let newest = entries.last else { return false }
        var created: OpaquePointer?
        try checked(operation) {
            git_reference_create(&created, repository, reference, git_reflog_entry_id_new(newest), 1, nil)
        }
        git_reference_free(created)
        let written = try Handle(git_reflog_free, operation) { git_reflog_read($0, repository, reference) }
        for entry in entries {
            try checked(operation) {
                git_reflog_append(
                    written.pointer, git_reflog_entry_id_new(entry), git_reflog_entry_committer(entry), nil)
            }
        }
        try checked(operation) { git_reflog_write(written.pointer) }
        return true
    }
}
