import Foundation

/// A program that owns a format, which tests let read what was written.
public enum Tool {
    /// Whether a program is installed.
    public static func isInstalled(_ name: String) -> Bool { path(of: name) != nil }

    /// Where a program is installed, as PATH tells; nil where it is not.
    public static func path(of name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first(where: FileManager.default.isExecutableFile)
    }

    /// Whether tests ask a program: where it is installed, and where changes are checked in any case, so that none is
    /// skipped there.
    public static func isAsked(_ name: String) -> Bool {
        isInstalled(name) || ProcessInfo.processInfo.environment["CI"] != nil
    }
}
