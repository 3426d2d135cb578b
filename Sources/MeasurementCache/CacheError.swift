import GRDB

import class Foundation.NSError

/// Trouble with the results cache, worded so that the user can act on it.
public struct CacheError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, where, and what to do.
    public let description: String

    init(_ operation: String, path: String, _ error: any Error) {
        let (reason, remedy) = CacheError.explain(error)
        description =
            "The results cache at \(path) could not be \(operation): \(reason). \(remedy), or use another one with "
            + "--cache PATH or --no-cache."
    }

    private static func explain(_ error: any Error) -> (reason: String, remedy: String) {
        switch error as? Schema.Refusal {
        case .superseded: return ("a newer version of allocbisect wrote it", "Use that version")
        case .older:
            return ("an older version of allocbisect wrote it, and it is read-only", "Make it writable")
        case .foreign: return ("the file is some other program's database", "Check the path")
        case .noFile: return ("it is a device or a pipe, not a file", "Name a file")
        case nil: break
        }
        if error is RowDecodingError || error is SenselessRow {
            return ("the file is damaged", "Move it away, and everything is measured again")
        }
        guard let error = error as? DatabaseError else {
            return ((error as NSError).localizedDescription.trimmingSuffix("."), "Check its folder")
        }
        let message = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        return switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            ("the file is damaged or is not a cache (\(message))", "Move it away, and everything is measured again")
        case .SQLITE_FULL: ("the disk is full", "Make room")
        case .SQLITE_BUSY, .SQLITE_LOCKED: ("another program has it locked", "Wait for that program")
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            (
                "the file or its folder cannot be written (\(message))",
                "Check what is at that path and who may write there"
            )
        case .SQLITE_IOERR: ("reading or writing the file failed (\(message))", "Check the disk")
        default: (message, "Check the file")
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
