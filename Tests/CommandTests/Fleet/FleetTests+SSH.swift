import Foundation
import Git
import TestSupport
import Testing

extension FleetTests {
    @Test("over ssh, where neither the program nor the commits are yet", .enabled(if: Tool.isAsked("ssh")))
    func overSSH() async throws {
        let history = try history()
        let go = URL(filePath: GoCommands.all[0]).deletingLastPathComponent().path
        let server = try await SSHServer(in: history.folder.appending(path: "ssh"), go: go)
        // Settings of Go here apply there.
        let environment = server.environment.merging(["GOFLAGS": "-mod=mod"]) { $1 }
        let outcome = try await expectCulprit(history, "ssh:hostA,hostB*2", environment: environment)
        #expect(try warnings(outcome).filter { $0.contains("asked") || $0.contains("again") } == [])
        #expect(outcome.errors.contains("over ssh"))
        let doctor = ["doctor", "--executor", "ssh:hostA,nowhere.invalid"]
        let tried = try await Program.run(doctor, in: history.path, environment: server.environment)
        #expect(tried.status == 2 && tried.output.contains("GiB are free"), "\(tried.output)")
        #expect(tried.output.contains(#/ok    hostA.* measures as this machine does, in /#))
        #expect(tried.output.contains(#/FAIL  nowhere\.invalid +ssh ended with the status 255/#))
        // One on which nothing can be built is given up, and costs no commit.
        let full = try await Program.run(
            [
                "history", "main~12..main", "--format", "json", "-m", "allocs/op", "--executor", "ssh:hostFull*2,hostA",
                "--cache", history.folder.path + "/0",
            ], in: history.path, environment: server.environment)
        #expect(
            try warnings(full).contains {
                $0.hasPrefix("hostFull is not asked any more: it has lost 3 commits in a row")
            },
            "\(full.output)\(full.errors)")
        let whole = ["history", "main~12..main", "--format", "json", "-m", "allocs/op"]
        let alone = try await Program.run(whole, in: history.path).json()
        #expect(try full.json()["rows"] as? NSArray == alone["rows"] as? NSArray)
        // An unreachable machine is skipped, and it is an error if none is left.
        let without = server.environment
        let away = try await expectCulprit(
            history, "ssh:nowhere.invalid,hostA", ["--cache", history.folder.path + "/1"], environment: without)
        _ = away
        let none = try await Program.run(
            ["main~12..main", "--executor", "ssh:nowhere.invalid", "--cache", history.folder.path + "/2"],
            in: history.path, environment: without)
        #expect(none.status == 2 && none.errors.contains("No machine is left to measure: nowhere.invalid"))
    }
}
