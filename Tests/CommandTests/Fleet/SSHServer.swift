import Foundation
import TestSupport

/// An sshd on the loopback that is reached as `hostA`, `hostB` and `hostC`, and as `hostFull`, where nothing can be built.
final class SSHServer {
    private let folder: URL
    private let daemon: Daemon

    /// Starts the server.
    ///
    /// - Parameter go: The folder of the Go that workers find.
    init(in folder: URL, go: String) async throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // sshd wants this folder for what it does without privileges.
        try? FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
        let port = try Daemon.freePort()
        let path = folder.path
        let keys = try await Program.shell(
            "ssh-keygen -q -t ed25519 -N '' -f key && ssh-keygen -q -t ed25519 -N '' -f host && cp key.pub authorized",
            in: path)
        guard keys.status == 0 else { throw Daemon.Late(what: keys.errors) }
        try """
        Port \(port)
        ListenAddress 127.0.0.1
        HostKey \(path)/host
        AuthorizedKeysFile \(path)/authorized
        StrictModes no
        PasswordAuthentication no
        UsePAM no
        PidFile none
        AcceptEnv GOCACHE
        SetEnv PATH=\(go):/usr/local/bin:/usr/bin:/bin XDG_CACHE_HOME=\(path)/caches HOME=\(path)

        """.write(toFile: path + "/sshd.conf", atomically: true, encoding: .utf8)
        try """
        Host host*
        HostName 127.0.0.1
        Port \(port)
        IdentityFile \(path)/key
        IdentitiesOnly yes
        StrictHostKeyChecking no
        UserKnownHostsFile \(path)/known
        LogLevel ERROR
        Host hostFull
        SetEnv GOCACHE=/proc/nowhere

        """.write(toFile: path + "/config", atomically: true, encoding: .utf8)
        let daemon = try await Daemon(
            ["/usr/sbin/sshd", "-D", "-e", "-f", path + "/sshd.conf"], output: folder.appending(path: "sshd.log"))
        self.daemon = daemon
        let environment = environment
        try await Daemon.wait("sshd") {
            try await Program.shell("$GIT_SSH_COMMAND hostA true", in: path, environment: environment).status == 0
        }
    }

    /// The environment in which the program reaches it.
    var environment: [String: String] {
        Program.environment.merging(["GIT_SSH_COMMAND": "ssh -F \(folder.path)/config"]) { $1 }
    }
}
