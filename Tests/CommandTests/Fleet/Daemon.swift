import Foundation
import TestSupport

/// A program of the system's that runs beside a test, and ends with it.
final class Daemon: Sendable {
    private let process: pid_t

    /// Starts a program, which writes to a file.
    init(
        _ command: [String], environment: [String: String] = Program.environment, output: URL
    ) async throws {
        var environment = environment
        environment["PATH", default: ""] += ":/usr/sbin:/sbin"
        let words = command.map { "'\($0)'" }.joined(separator: " ")
        // The shell's end makes it nobody's child: nothing that waits for children meets it.
        let started = try await Program.shell(
            "setsid \(words) < /dev/null > '\(output.path)' 2>&1 & echo $!", in: "/", environment: environment)
        guard let process = pid_t(started.output.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Late(what: started.errors)
        }
        self.process = process
    }

    /// Ends it at once.
    func kill() { _ = Foundation.kill(process, SIGKILL) }

    deinit { _ = Foundation.kill(process, SIGTERM) }

    /// Waits until something holds.
    static func wait(_ what: String, seconds: Double = 30, _ holds: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while try await !holds() {
            guard ContinuousClock.now < deadline else { throw Late(what: what) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    struct Late: Error { let what: String }

    /// A port of the loopback that nobody listens on.
    static func freePort() throws -> Int {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard bind(socket, pointer, size) == 0, getsockname(socket, pointer, &size) == 0 else {
                    throw Late(what: "a free port")
                }
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
    }
}
