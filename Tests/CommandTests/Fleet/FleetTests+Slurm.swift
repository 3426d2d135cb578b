import Foundation
import TestSupport
import Testing

extension FleetTests {
    @Test("by Slurm, while its controller is started again", .enabled(if: Tool.isAsked("sbatch")))
    func bySlurm() async throws {
        let history = try history()
        let cluster = try await SlurmCluster()
        let (path, folder, node) = (history.path, history.folder.path, cluster.firstNode)
        var environment = cluster.environment
        environment["XDG_CACHE_HOME"] = folder + "/caches"
        environment["GOCACHE"] = folder + "/gocache"
        let outcome = try await expectCulprit(history, "slurm", environment: environment)
        #expect(outcome.errors.contains("by Slurm"))
        #expect(try warnings(outcome).filter { $0.contains("asked") || $0.contains("again") } == [])
        let tried = try await Program.run(
            ["doctor", "--executor", "slurm"], in: path, environment: environment)
        #expect(tried.status == 0, "\(tried.output)")
        #expect(tried.output.contains(#/ok    Slurm \(n[12]\) +measures as this/#))
        // A controller that is started again has forgotten its last seconds: it may start what runs a second time, and
        // then trusts no node any more.
        let care = Task {
            while !Task.isCancelled {
                try await SlurmCluster.control("update nodename=n1,n2 state=resume", environment)
                try await Task.sleep(for: .seconds(1))
            }
        }
        let measured = try await Program.run(
            ["history", "main~12..main", "-j", "4", "--executor", "slurm:all", "--cache", folder + "/1"],
            in: path, environment: environment,
            interruption: (
                0,
                { errors in
                    guard errors.contains("by Slurm") else { return false }
                    cluster.killController()
                    try await cluster.startController()
                    return true
                }
            ))
        care.cancel()
        #expect(measured.status == 0 && !measured.output.contains("no other machine"), "\(measured.output)")
        try await slurmThatDoesNotStart(history, environment)
        let queue = try await Program.shell("squeue -h", in: "/", environment: environment)
        #expect(queue.output == "")
        // A node that is lost: what ran there may run a second time elsewhere, and counts once.
        let words = ["history", "main~12..main", "--format", "csv", "-m", "allocs/op", "-j", "3"]
        let shaken = try await Program.run(
            words + ["--executor", "slurm", "--cache", folder + "/2"], in: path, environment: environment,
            interruption: (
                0,
                { errors in
                    guard errors.contains("by Slurm") else { return false }
                    node?.kill()
                    return true
                }
            ))
        #expect(shaken.status == 0, "\(shaken.errors)")
        #expect(shaken.output.inTenths == (try await Program.run(words, in: path)).output.inTenths)
    }

    /// Lets jobs wait for nodes, and holds one as Slurm does when it cannot start it.
    private func slurmThatDoesNotStart(
        _ history: GoHistory, _ environment: [String: String]
    ) async throws {
        let words = [
            "history", "main~2..main", "--format", "csv", "-m", "allocs/op", "--before-build", "sleep  5", "-j", "2",
        ]
        try await SlurmCluster.control("update nodename=n1,n2 state=drain reason=test", environment)
        let outcome = try await Program.run(
            words + ["--executor", "slurm", "--cache", history.folder.path + "/held"], in: history.path,
            environment: environment,
            interruption: (
                0,
                { errors in
                    guard errors.contains("no job has begun, 2 queued: Slurm says: ") else { return false }
                    try await Daemon.wait("a job that runs", seconds: 120) {
                        // A node that is still draining, or that is drained once more, does not heed the first one.
                        try await SlurmCluster.control("update nodename=n1,n2 state=resume", environment)
                        let running = try await Program.shell("squeue -h -t R -o %A", in: "/", environment: environment)
                        guard let job = running.output.split(whereSeparator: \.isNewline).first else { return false }
                        return try await SlurmCluster.control("requeuehold \(job)", environment)
                    }
                    return true
                }
            ))
        #expect(outcome.errors.contains("was submitted again: Slurm could not start it (job requeued in held state)"))
        #expect(outcome.output.inTenths == (try await Program.run(words, in: history.path)).output.inTenths)
    }
}
