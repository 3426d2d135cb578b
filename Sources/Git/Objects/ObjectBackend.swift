import CGit2

/// A source of objects of our own, which libgit2 asks in its order of priorities like those it has itself.
enum ObjectBackend {
    /// What a source knows of an object.
    enum Answer {
        case absent
        case object(git_object_t, [UInt8])
        case damaged(String)
        /// The operating system did not let it be read.
        case refused(String)
    }

    typealias Read = (ObjectID) -> Answer

    private final class Source {
        let read: Read
        init(_ read: @escaping Read) { self.read = read }
    }

    /// What libgit2 gets. It knows of the first part only.
    private struct Layout {
        var backend: git_odb_backend
        let source: Unmanaged<Source>
    }

    /// Adds a source to a database, which owns it from then on.
    static func add(
        to database: OpaquePointer, priority: Int32, _ operation: String, read: @escaping Read
    ) throws(GitError) {
        var backend = git_odb_backend()
        try checked(operation) { git_odb_init_backend(&backend, UInt32(GIT_ODB_BACKEND_VERSION)) }
        backend.read = { data, length, type, backend, id in
            ObjectBackend.answer(backend, id) { kind, bytes in
                guard let copy = git_odb_backend_data_alloc(backend, bytes.count + 1) else { return -1 }
                bytes.withUnsafeBytes {
                    copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count)
                }
                copy.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
                data?.pointee = copy
                length?.pointee = bytes.count
                type?.pointee = kind
                return 0
            }
        }
        backend.read_header = { length, type, backend, id in
            ObjectBackend.answer(backend, id) { kind, bytes in
                length?.pointee = bytes.count
                type?.pointee = kind
                return 0
            }
        }
        backend.exists = { backend, id in ObjectBackend.answer(backend, id) { _, _ in 0 } == 0 ? 1 : 0 }
        // libgit2 asks every source for all of its objects. What is substituted has the same ids, and the source that
        // writes loose files reports those.
        backend.foreach = { _, _, _ in 0 }
        backend.free = { backend in
            backend?.withMemoryRebound(to: Layout.self, capacity: 1) { layout in
                layout.pointee.source.release()
                layout.deinitialize(count: 1)
                layout.deallocate()
            }
        }
        let layout = UnsafeMutablePointer<Layout>.allocate(capacity: 1)
        layout.initialize(to: Layout(backend: backend, source: .passRetained(Source(read))))
        let added = UnsafeMutableRawPointer(layout).assumingMemoryBound(to: git_odb_backend.self)
        do {
            try checked(operation) { git_odb_add_backend(database, added, priority) }
        } catch {
            backend.free(added)
            throw error
        }
    }

    /// Asks a source, and hands what it knows to `take`.
    private static func answer(
        _ backend: UnsafeMutablePointer<git_odb_backend>?, _ id: UnsafePointer<git_oid>?,
        _ take: (git_object_t, [UInt8]) -> Int32
    ) -> Int32 {
        guard let backend, let id else { return -1 }
        let source = backend.withMemoryRebound(to: Layout.self, capacity: 1) { $0.pointee.source }
        switch source.takeUnretainedValue().read(ObjectID(id.pointee)) {
        case .absent: return GIT_ENOTFOUND.rawValue
        case .object(let kind, let bytes): return take(kind, bytes)
        case .damaged(let reason):
            git_error_set_str(Int32(GIT_ERROR_ODB.rawValue), reason)
            return -1
        case .refused(let reason):
            git_error_set_str(Int32(GIT_ERROR_OS.rawValue), reason)
            return -1
        }
    }
}
