import Foundation
import Git
import Policy

extension Policy {
    /// Reads a policy from a file, or from the one at the repository's root; without that one, the standard policy.
    ///
    /// - Throws: `PolicyError` for what the file says, `PolicyFileError` when it cannot be read.
    init(file: String?, in directory: String) throws {
        let root = try Repository(discovering: directory).workDirectory
        guard let path = file.map({ URL(filePath: $0).path }) ?? root.map({ "\($0)/\(Policy.fileName)" }),
            file != nil || FileManager.default.fileExists(atPath: path)
        else {
            self.init()
            return
        }
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw PolicyFileError(path: path, reason: error.localizedDescription)
        }
        try self.init(yaml: text, file: file ?? Policy.fileName)
    }
}

/// A policy's file that cannot be read.
struct PolicyFileError: Error, CustomStringConvertible {
    let path, reason: String
    var description: String { "The policy \(path) cannot be read: \(reason) Check the path and that it is UTF-8 text." }
}
