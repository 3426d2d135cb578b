import Foundation

/// A folder of its own for one test, removed with it.
final class Scratch: Sendable {
    let path: String
    /// Where a test puts its cache; the folder of it is not there yet.
    var cache: String { path + "/state/measurements.sqlite" }

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/measurement-cache-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
