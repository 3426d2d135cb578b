import Foundation

/// A file that the user wants written; whether it can be is known before the work is done.
struct OutputFile {
    /// Its path, absolute.
    let path: String

    /// A file that can be written.
    ///
    /// - Throws: `OutputFileError`.
    init(_ name: String) throws {
        let url = URL(filePath: name).standardizedFileURL
        path = url.path
        let folder = url.deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        let files = FileManager.default
        guard !name.isEmpty else { throw OutputFileError(path: name, reason: "there is no name") }
        guard files.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw OutputFileError(path: path, reason: "\(folder) is no folder")
        }
        if name.hasSuffix("/") || (files.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue) {
            throw OutputFileError(path: path, reason: "it is a folder")
        }
        guard files.isWritableFile(atPath: folder) else {
            throw OutputFileError(path: path, reason: "nothing may be written in \(folder)")
        }
    }

    /// Writes the file whole, or leaves it as it was.
    ///
    /// - Throws: `OutputFileError`.
    func write(_ text: String) throws {
        do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
            throw OutputFileError(path: path, reason: error.localizedDescription)
        }
    }
}

/// A file that cannot be written.
struct OutputFileError: Error, CustomStringConvertible {
    let path, reason: String
    var description: String { "\(path) cannot be written: \(reason). Name another file with -o." }
}
