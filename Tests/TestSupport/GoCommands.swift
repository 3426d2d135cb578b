import Foundation
public import Testing

/// The go commands that tests run with.
public enum GoCommands {
    /// The paths in the environment variable `ALLOCBISECT_GO`, separated by colons, or else the `go` found on PATH.
    public static let all: [String] = {
        let environment = ProcessInfo.processInfo.environment
        let named = (environment["ALLOCBISECT_GO"] ?? "").split(separator: ":").map(String.init)
        return named.isEmpty ? onPath(environment["PATH"] ?? "") : named
    }()

    private static func onPath(_ path: String) -> [String] {
        let candidates = path.split(separator: ":").map { "\($0)/go" }
        return candidates.first(where: FileManager.default.isExecutableFile).map { [$0] } ?? []
    }
}

extension Tag {
    /// Tests that run real Go.
    @Tag public static var go: Self
}
