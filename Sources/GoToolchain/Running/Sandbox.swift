import CLinux
import Foundation

/// The means by which the code of old commits is kept from everything that is not its own.
public struct Sandbox: Sendable, Hashable {
    /// What the user asks for.
    public enum Choice: String, Sendable, CaseIterable {
        /// The best available.
        case auto
        /// bubblewrap, or nothing is run.
        case bwrap
        /// Landlock with a seccomp filter, or nothing is run.
        case landlock
        /// No sandbox: old code runs with all that the user may do.
        case off
    }

    /// The sandbox that is used, and what makes it.
    public enum Kind: Sendable, Hashable {
        /// Namespaces, made by bubblewrap at that path.
        case bubblewrap(String)
        /// Landlock and a seccomp filter, applied by the program at that path, which is our own.
        case landlock(String)
        case none
    }

    public let kind: Kind
    /// Why a better one is not to be had, as a clause; nil for the best, and for none when that was asked for.
    public let shortcoming: String?

    /// None, as it was asked for.
    public static let off = Sandbox(kind: .none, shortcoming: nil)

    init(kind: Kind, shortcoming: String?) {
        self.kind = kind
        self.shortcoming = shortcoming
    }

    /// Tries what is available.
    ///
    /// - Parameters:
    ///   - searchPath: Where `bwrap` is looked for, as in `PATH`.
    ///   - launcher: Our own program, which answers to `Landlock.argument`; nil where it does not.
    /// - Throws: `GoError` when what was asked for is not available.
    public init(_ choice: Choice, searchPath: String, launcher: String?) async throws {
        guard choice != .off else {
            self = .off
            return
        }
        var troubles: [String] = []
        if choice != .landlock {
            if let path = Sandbox.find("bwrap", searchPath) {
                guard let trouble = try await Sandbox.trouble(bubblewrap: path) else {
                    self.init(kind: .bubblewrap(path), shortcoming: nil)
                    return
                }
                troubles.append("bubblewrap cannot make namespaces here (\(trouble))")
            } else {
                troubles.append("bubblewrap is not installed (on Debian and Ubuntu: apt install bubblewrap)")
            }
        }
        if choice != .bwrap {
            if let launcher, Landlock.version > 0 {
                self.init(kind: .landlock(launcher), shortcoming: troubles.first)
                return
            }
            troubles.append("the kernel has no Landlock")
        }
        let shortcoming = troubles.joined(separator: ", and ")
        guard choice == .auto else {
            throw GoError(
                .sandbox, "--sandbox \(choice.rawValue) is not available: \(shortcoming). Use --sandbox auto or off.")
        }
        self.init(kind: .none, shortcoming: shortcoming)
    }

    /// Why bubblewrap cannot make a box; nil when it can.
    private static func trouble(bubblewrap path: String) async throws -> String? {
        let child = ChildProcess(
            executable: path, arguments: Bubblewrap.base + Bubblewrap.ownNetwork + ["--", "/bin/sh", "-c", ":"],
            directory: "/", environment: [:], limits: Limits(time: .seconds(20)))
        let outcome: ChildProcess.Outcome
        do {
            outcome = try await child.run()
        } catch let error where !(error is CancellationError) {
            return "\(error)"
        }
        return outcome.ending == .exited(0) ? nil : outcome.errorText.firstLines(1)
    }

    private static func find(_ name: String, _ searchPath: String) -> String? {
        // Where the system's own programs are, whatever PATH says.
        let folders = searchPath.split(separator: ":").map(String.init) + ["/usr/bin", "/bin"]
        return folders.lazy.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

extension Sandbox {
    /// Whether it keeps everything back that it should.
    public var isWhole: Bool {
        if case .bubblewrap = kind { true } else { false }
    }

    /// Whether the link from a slot to the repository is to be taken away, since old code could follow it although a box
    /// was asked for.
    public var hidesRepository: Bool { self != .off && !isWhole }

    /// What it does, as a sentence without its end.
    public var meaning: String {
        switch kind {
        case .bubblewrap:
            "old code runs in a box of its own: files read-only except its own, no git directory, no home, no network, "
                + "processes that end with it"
        case .landlock:
            "old code runs in a weaker box: files read-only except its own, no git directory, no home; but it has the "
                + "network, and can leave processes behind"
        case .none: "old code runs without a box, as this user"
        }
    }
}
