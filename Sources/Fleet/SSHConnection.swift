import Benchmarks
import GoToolchain
import Measuring

import struct Foundation.Date
import class Foundation.FileManager

/// How a machine is reached by ssh, and how a worker is started there.
struct SSHConnection: Sendable {
    private let machine: String
    /// Our own program; nil where it is not known.
    private let program: String?
    let environment: [String: String]

    init(_ machine: String, program: String?, environment: [String: String]) {
        (self.machine, self.program, self.environment) = (machine, program, environment)
    }

    /// What the other machine says when it has no program like this one.
    static let absent = "allocbisect is absent"

    /// The command that starts a worker: an installed program of the same version, or one that was copied there.
    func workerCommand() async throws -> [String] {
        var version = ""
        if let program {
            version = try await UserCommand.output(of: [program, "--version"], in: "/", environment: environment).text
        }
        return command(
            """
            PATH="$PATH:/usr/local/go/bin"
            if [ "$(allocbisect --version 2>/dev/null)" = \(version.shellQuoted) ]; then exec allocbisect worker; fi
            if [ -x \(place)/allocbisect ]; then exec \(place)/allocbisect worker; fi
            echo \(SSHConnection.absent.shellQuoted)
            """)
    }

    /// Copies this program to the other machine.
    ///
    /// - Throws: `CoreError` when that does not succeed.
    func copyProgram() async throws {
        guard let program else {
            throw CoreError(.surroundings, "allocbisect is not installed on \(machine), and cannot be copied there.")
        }
        let receive = """
            mkdir -p \(place) && cat > \(place)/new.$$ && chmod 755 \(place)/new.$$ \
            && mv \(place)/new.$$ \(place)/allocbisect
            """
        let words = command(receive).map(\.shellQuoted).joined(separator: " ")
        let trouble = try await UserCommand.output(
            of: ["sh", "-c", "\(words) < \(program.shellQuoted)"], in: "/", environment: environment,
            time: .seconds(600)
        ).trouble
        if let trouble {
            throw CoreError(
                .surroundings,
                "allocbisect could not be copied to \(machine): ssh \(trouble). Install it there, or see to the connection."
            )
        }
    }

    /// What the other machine has: free bytes where its caches are, and by how many seconds its clock is ahead.
    ///
    /// - Throws: `CoreError` when it does not say so.
    func facts() async throws -> (freeBytes: Int, clockAhead: Int) {
        let (text, trouble) = try await UserCommand.output(
            of: command("date +%s; df -Pk \"$HOME\" | tail -n 1"), in: "/", environment: environment)
        let here = Int(Date().timeIntervalSince1970)
        let lines = text.split(whereSeparator: \.isNewline)
        guard trouble == nil, lines.count >= 2, let there = Int(lines[lines.count - 2]),
            case let columns = lines[lines.count - 1].split(separator: " "), columns.count >= 6,
            let free = Int(columns[columns.count - 3])
        else {
            throw CoreError(.surroundings, "ssh \(trouble ?? "printed “\(text)”")")
        }
        return (free << 10, there - here)
    }

    /// The folder of the copied program on the other machine, as its shell takes it. Another program has another one.
    private var place: String {
        let attributes = program.flatMap { try? FileManager.default.attributesOfItem(atPath: $0) }
        let size = (attributes?[.size] as? Int) ?? 0
        let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\"$HOME/.cache/allocbisect/bin/\(size)-\(Int(time))\""
    }

    /// A command line that runs a shell's script on the other machine. Like git, it takes ssh from GIT_SSH_COMMAND.
    private func command(_ script: String) -> [String] {
        let own = environment["GIT_SSH_COMMAND"].flatMap { $0.isEmpty ? nil : $0 } ?? "ssh"
        return [
            "/bin/sh", "-c", own + " \"$@\"", own, "-T", "-C", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o",
            "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3", "--", machine, "exec sh -c " + script.shellQuoted,
        ]
    }
}
