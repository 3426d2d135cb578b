import ArgumentParser
import Fleet
import Foundation
import GoToolchain
import Measuring

/// The arguments that say how far old code may go.
struct LimitArguments: ParsableArguments {
    @Option(
        name: [.customShort("j"), .customLong("jobs")],
        help: .init("Commits measured at once. (default: \(LimitArguments.usualJobs))", valueName: "n"),
        transform: Int.init(countArgument:))
    var jobs = LimitArguments.usualJobs

    @Option(
        help: .init(
            "Where to measure instead of on this machine: ssh:HOST,HOST*2, slurm, slurm:PARTITION, exec:COMMAND or none. (default: allocbisect.executor, or none)",
            valueName: "executor"))
    var executor: String?

    @Option(help: .init("Time limit of one run.", valueName: "duration"))
    var timeout = "10m"

    @Option(
        help: .init("Memory limit of each process, e.g. 2G. (default: three quarters of the memory)", valueName: "size")
    )
    var memoryLimit: String?

    @Option(
        help: .init(
            "The box for old code: auto (the best available), bwrap, landlock or off. (default: allocbisect.sandbox, or auto)",
            valueName: "kind"), completion: .list(Sandbox.Choice.allCases.map(\.rawValue)),
        transform: Sandbox.Choice.init(argument:))
    var sandbox: Sandbox.Choice?

    @Flag(help: "Let old code in the box reach the network.")
    var network = false

    private static let usualJobs = min(4, ProcessInfo.processInfo.activeProcessorCount)

    /// Refuses what other machines cannot do for a command.
    func refuseExecutor(_ what: String) throws {
        guard executor == nil || executor == "none" else {
            throw ValidationError("\(what) only on this machine. Leave out --executor.")
        }
    }

    /// Sets what they say.
    func apply(to options: inout MeasuringOptions) throws {
        options.jobs = jobs
        if let executor, executor != "none" {
            do { _ = try ExecutorChoice(executor) } catch { throw ValidationError(error.description) }
        }
        options.executor = executor
        guard !["0", "0s"].contains(timeout) else {
            throw ValidationError(
                "--timeout 0 would let a run that hangs go on for ever. Write a time that none needs, such as 24h.")
        }
        options.limits.time = try Duration(argument: timeout)
        options.limits.memory =
            try memoryLimit.map(UInt64.init(sizeArgument:)) ?? ProcessInfo.processInfo.physicalMemory / 4 * 3
        options.sandbox = sandbox
        options.hasNetwork = network
    }
}
