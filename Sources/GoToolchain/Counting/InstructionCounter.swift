import Foundation

/// valgrind's cachegrind, which counts the instructions that a process executes by running it on a processor of its own
/// making. What else the machine does makes no difference.
///
/// A process takes some ten to thirty times as long as it does by itself, and a second to begin with.
public struct InstructionCounter: Sendable, Hashable {
    /// Where valgrind is.
    let path: String
    /// What it calls itself, as in `valgrind-3.19.0`.
    public let version: String

    /// Looks for valgrind; nil where there is none, or none that starts.
    ///
    /// - Parameter searchPath: Where it is looked for, as in `PATH`.
    /// - Throws: On cancellation.
    public init?(searchPath: String) async throws {
        let paths = searchPath.split(separator: ":").lazy.map { "\($0)/valgrind" }
        guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { return nil }
        let child = ChildProcess(
            executable: path, arguments: ["--version"], directory: "/", environment: [:],
            limits: Limits(time: .seconds(20)))
        let words = Lines()
        do {
            guard try await child.run(words.append).ending == .exited(0), let version = words.all.first else {
                return nil
            }
            (self.path, self.version) = (path, version)
        } catch let error where !(error is CancellationError) { return nil }
    }

    /// The arguments before those of the program, to have what is counted written to a file.
    ///
    /// Go hands its threads over to one another as fast as it can, which takes a fair scheduler.
    func arguments(for program: String, writingTo file: String) -> [String] {
        [
            "--tool=cachegrind", "--cache-sim=no", "--branch-sim=no", "--fair-sched=yes", "--vgdb=no", "--quiet",
            "--log-file=/dev/null", "--cachegrind-out-file=\(file)", program,
        ]
    }

    /// The variables that a program is started with in it, beside its own. valgrind gives signals late, which Go sends
    /// itself to interrupt what runs for long.
    func variables(_ own: [String: String]) -> [String: String] {
        let settings = [own["GODEBUG"], "asyncpreemptoff=1"].compactMap { $0 }.filter { !$0.isEmpty }
        return ["GODEBUG": settings.joined(separator: ","), Probe.countingVariable: "1"]
    }
}
