import Foundation
import Synchronization
import TestSupport

/// A Slurm of two nodes on the loopback, with no more than it takes: no accounting, no control groups.
final class SlurmCluster: Sendable {
    private let folder: URL
    /// What was started, by its name.
    private let daemons = Mutex<[String: Daemon]>([:])
    private let base: Int

    init() async throws {
        // The path of a socket has to be short.
        folder = URL(filePath: "/tmp/ab-\(UUID().uuidString.prefix(6))")
        base = try Daemon.freePort()
        for name in ["state", "spool/n1", "spool/n2", "log"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        let path = folder.path
        let setUp = try await Program.shell(
            "chmod 755 . && mkdir -m 700 munge && (umask 077; head -c 1024 /dev/urandom > munge/key) && hostname -s && id -un",
            in: path)
        let words = setUp.output.split(whereSeparator: \.isNewline).map(String.init)
        guard setUp.status == 0, words.count == 2 else { throw Daemon.Late(what: setUp.errors) }
        let (host, user) = (words[0], words[1])
        try """
        ClusterName=test
        SlurmctldHost=\(host)(127.0.0.1)
        SlurmctldPort=\(base)
        SlurmUser=\(user)
        SlurmdUser=\(user)
        AuthType=auth/munge
        CredType=cred/munge
        AuthInfo=socket=\(path)/munge.socket
        CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
        StateSaveLocation=\(path)/state
        SlurmdSpoolDir=\(path)/spool/%n
        SlurmctldPidFile=\(path)/slurmctld.pid
        SlurmdPidFile=\(path)/%n.pid
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        MpiDefault=none
        AccountingStorageType=accounting_storage/none
        JobAcctGatherType=jobacct_gather/none
        SelectType=select/cons_tres
        SelectTypeParameters=CR_Core
        SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
        SlurmdParameters=config_overrides
        JobRequeue=1
        ReturnToService=2
        SlurmdTimeout=10
        KillWait=2
        NodeName=n1 NodeHostname=\(host) NodeAddr=127.0.0.1 Port=\(base + 1) CPUs=1 RealMemory=2000 State=UNKNOWN
        NodeName=n2 NodeHostname=\(host) NodeAddr=127.0.0.1 Port=\(base + 2) CPUs=1 RealMemory=2000 State=UNKNOWN
        PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP

        """.write(toFile: path + "/slurm.conf", atomically: true, encoding: .utf8)
        try "CgroupAutomount=no\n".write(toFile: path + "/cgroup.conf", atomically: true, encoding: .utf8)
        let munge = try await Daemon(
            [
                "munged", "--foreground", "--force", "--key-file=\(path)/munge/key", "--socket=\(path)/munge.socket",
                "--pid-file=\(path)/munged.pid", "--log-file=\(path)/log/munged.log", "--seed-file=\(path)/munge/seed",
            ], output: folder.appending(path: "log/munged.out"))
        daemons.withLock { $0["munged"] = munge }
        try await Daemon.wait("munged") { FileManager.default.fileExists(atPath: path + "/munge.socket") }
        try await startController()
        for node in ["n1", "n2"] { try await start(node: node) }
        let environment = environment
        try await Daemon.wait("nodes that are idle") {
            try await Program.shell("sinfo -h -N -t idle -o %N", in: path, environment: environment).output
                .split(whereSeparator: \.isNewline).count == 2
        }
    }

    deinit {
        for name in ["n1", "n2", "slurmctld", "munged"] { daemons.withLock { $0[name] = nil } }
        try? FileManager.default.removeItem(at: folder)
    }

    /// The environment in which Slurm's programs reach it.
    var environment: [String: String] {
        Program.environment.merging(["SLURM_CONF": folder.path + "/slurm.conf"]) { $1 }
    }

    /// Starts the controller, or starts it again.
    func startController() async throws {
        let controller = try await Daemon(
            ["slurmctld", "-D", "-f", folder.path + "/slurm.conf"], environment: environment,
            output: folder.appending(path: "log/slurmctld.out"))
        daemons.withLock { $0["slurmctld"] = controller }
    }

    /// Has its administrator say something to scontrol; false when that is refused.
    @discardableResult
    static func control(_ line: String, _ environment: [String: String]) async throws -> Bool {
        try await Program.shell("scontrol \(line)", in: "/", environment: environment).status == 0
    }

    /// Ends the controller as if its machine had been switched off.
    func killController() { daemons.withLock { $0["slurmctld"] }?.kill() }

    /// What starts jobs on the first node.
    var firstNode: Daemon? { daemons.withLock { $0["n1"] } }

    private func start(node: String) async throws {
        let daemon = try await Daemon(
            ["slurmd", "-D", "-N", node, "-f", folder.path + "/slurm.conf"], environment: environment,
            output: folder.appending(path: "log/\(node).out"))
        daemons.withLock { $0[node] = daemon }
    }
}
