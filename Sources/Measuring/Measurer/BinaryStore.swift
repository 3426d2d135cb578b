import GoToolchain

import class Foundation.FileManager

/// The test binaries that were built lately, so that another round costs no build. Each runs in its own tree only: it may
/// open files by the path that it was built at.
actor BinaryStore {
    private var binaries: [Key: TestBinary] = [:]
    private var order: [Key] = []
    private static let limit = 64

    struct Key: Hashable, Sendable {
        let commit: String
        let package: String
        /// The slot's tree that it was built from, whose path it knows.
        let root: String
    }

    /// A binary that is still there.
    func binary(_ key: Key) -> TestBinary? { binaries[key] }

    /// Keeps a binary; the oldest one goes when there are too many.
    func keep(_ binary: TestBinary, for key: Key) {
        if binaries.updateValue(binary, forKey: key) == nil { order.append(key) }
        if order.count > BinaryStore.limit, let old = binaries.removeValue(forKey: order.removeFirst()) {
            try? FileManager.default.removeItem(atPath: old.path)
        }
    }
}
