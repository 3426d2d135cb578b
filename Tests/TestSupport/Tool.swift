import Foundation

/// A program that owns a format, which tests let read what was written.
public enum Tool {
    /// Whether a program is installed.
    public static func isInstalled(_ name: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
}
