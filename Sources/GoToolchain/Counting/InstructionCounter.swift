import Benchmarks
import Foundation

/// What counts the instructions that a process executes: valgrind's cachegrind, which runs it on a processor of its own
/// making, and where that is not installed, the real processor, whose counters perf reads.
///
/// In cachegrind a process takes some ten to thirty times as long as it does by itself, and a second to begin with; what
/// else the machine does makes no difference, and every line has its count. The real processor counts at no cost, and
/// nothing but the whole process.
public struct InstructionCounter: Sendable, Hashable {
    /// What counts: valgrind's cachegrind, or the processor by way of perf.
    enum Kind: Sendable { case cachegrind, processor }

    let kind: Kind
    /// Where valgrind or perf is.
    let path: String
    /// What it calls itself, as in `valgrind-3.19.0`.
    public let version: String

    /// Looks for valgrind, then for perf; nil if neither can count.
    ///
    /// - Parameter searchPath: Where they are looked for, as in `PATH`.
    /// - Throws: On cancellation.
    public init?(searchPath: String) async throws {
        if let path = InstructionCounter.find("valgrind", searchPath),
            let said = try await InstructionCounter.run(path, ["--version"]), let version = said.output.first
        {
            (kind, self.path, self.version) = (.cachegrind, path, version)
            return
        }
        guard let path = InstructionCounter.find("perf", searchPath),
            let said = try await InstructionCounter.run(
                path, InstructionCounter.perfArguments(nil) + [path, "--version"]),
            let version = said.output.first, PerfCount(said.errors) != nil
        else { return nil }
        (kind, self.path, self.version) = (.processor, path, version)
    }

    private static func find(_ name: String, _ searchPath: String) -> String? {
        searchPath.split(separator: ":").lazy.map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func run(
        _ path: String, _ arguments: [String]
    ) async throws -> (output: [String], errors: String)? {
        let child = ChildProcess(
            executable: path, arguments: arguments, directory: "/", environment: [:], limits: Limits(time: .seconds(20))
        )
        let lines = Lines()
        do {
            let outcome = try await child.run(lines.append)
            return outcome.ending == .exited(0) ? (lines.all, outcome.errorText) : nil
        } catch let error where !(error is CancellationError) { return nil }
    }

    /// Who counts, as a word.
    var name: String { kind == .cachegrind ? "valgrind" : "perf" }

    /// Whether it tells what each line executes.
    public var countsLines: Bool { kind == .cachegrind }

    /// Whether what is counted takes many times as long.
    public var slowsDown: Bool { kind == .cachegrind }

    /// What decides on the counts. Those of one processor are the same whoever reads them.
    public var influence: String { kind == .cachegrind ? version : "processor" }

    /// How a process is started whose instructions are counted.
    ///
    /// - Parameters:
    ///   - child: How it is started by itself.
    ///   - file: Where to have written what is counted.
    func counting(_ child: ChildProcess, in file: String) -> ChildProcess {
        var child = child
        child.environment[Probe.countingVariable] = "1"
        switch kind {
        case .cachegrind:
            // valgrind gives signals late, which Go sends itself to interrupt what runs for long.
            let settings = [child.environment["GODEBUG"], "asyncpreemptoff=1"].compactMap { $0 }.filter { !$0.isEmpty }
            child.environment["GODEBUG"] = settings.joined(separator: ",")
            child.arguments = cachegrindArguments(file) + [child.executable] + child.arguments
            child.executable = path
        case .processor:
            // A box may keep what is in it from the counters, and what runs in it from the file.
            child.watcher =
                [path] + InstructionCounter.perfArguments(file) + [
                    "/bin/sh", "-c", InstructionCounter.endingTold, "sh",
                ]
        }
        return child
    }

    /// Go hands its threads over to one another as fast as it can, which takes a fair scheduler.
    private func cachegrindArguments(_ file: String) -> [String] {
        [
            "--tool=cachegrind", "--cache-sim=no", "--branch-sim=no", "--fair-sched=yes", "--vgdb=no", "--quiet",
            "--log-file=/dev/null", "--cachegrind-out-file=\(file)",
        ]
    }

    /// A process that is killed is one that ended well, by what perf returns.
    private static let endingTold = #""$@"; exit $?"#

    /// Counts are wanted as they are: perf would make up for the time in which it had no counter.
    private static func perfArguments(_ file: String?) -> [String] {
        ["stat", "--no-scale", "-x", "\(PerfCount.separator)", "-e", "instructions:u"]
            + (file.map { ["-o", $0] } ?? [])
            + ["--"]
    }
}
