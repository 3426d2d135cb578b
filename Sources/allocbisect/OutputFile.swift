import Foundation
import Git
import Measuring

/// A file that the user wants written; whether it can be is known before the work is done.
struct OutputFile {
    /// Where the file is to be, absolute.
    var path: String { file.path }
    private let file: WholeFile

    /// A file that can be written.
    ///
    /// - Parameter directory: The folder whose repository holds the file until it is whole.
    /// - Throws: `OutputFileError`, or `GitError` where there is no repository.
    init(_ name: String, in directory: String) throws {
        let url = URL(filePath: name).standardizedFileURL
        let path = url.path
        let folder = url.deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        let files = FileManager.default
        guard !name.isEmpty else { throw OutputFileError(path: name, reason: "there is no name") }
        let exists = files.fileExists(atPath: path, isDirectory: &isFolder)
        if name.hasSuffix("/") || exists && isFolder.boolValue {
            throw OutputFileError(path: path, reason: "it is a folder")
        }
        guard files.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw OutputFileError(path: path, reason: "\(folder) is not a folder")
        }
        guard files.isWritableFile(atPath: exists ? path : folder) else {
            throw OutputFileError(path: path, reason: "\(exists ? path : folder) is not writable")
        }
        let repository = try Repository(discovering: directory)
        file = WholeFile(path, by: StateDirectory(commonDirectory: repository.commonDirectory))
    }

    /// Writes the file whole, or leaves it as it was.
    ///
    /// - Throws: `OutputFileError`.
    func write(_ text: String) throws {
        do { try file.write(text.utf8) } catch { throw OutputFileError(path: path, reason: "\(error)") }
    }
}

/// A file that cannot be written.
struct OutputFileError: Error, CustomStringConvertible {
    let path, reason: String
    var description: String { "\(path) cannot be written: \(reason). Name another file with -o." }
}
