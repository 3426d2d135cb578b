import AllocBisectCore
import ArgumentParser
import Benchmarks
import Foundation
import Git
import Measuring
import Reports

/// The arguments of all commands that measure.
struct MeasuringArguments: ParsableArguments {
    @Option(
        name: [.customShort("C")], help: .init("Work as if started in this folder.", valueName: "dir"),
        completion: .directory)
    var directory = "."

    @OptionGroup(title: "What is measured") var benchmarks: BenchmarkArguments
    @OptionGroup(title: "How it is built and run") var running: RunningArguments
    @OptionGroup(title: "Limits") var limits: LimitArguments
    @OptionGroup(title: "Results") var results: ResultsArguments
    @OptionGroup(title: "Terminal") var terminal: TerminalArguments

    func validate() throws {
        _ = try measuring()
        _ = try selection()
    }

    /// The folder to work in, absolute.
    var absoluteDirectory: String { URL(filePath: directory).standardizedFileURL.path }

    /// The engine that works in that folder.
    func engine(_ events: @escaping @Sendable (Event) -> Void) -> Engine {
        Engine(directory: absoluteDirectory, environment: ProcessInfo.processInfo.environment, events: events)
    }

    /// Puts the arguments together to options of the engine.
    func measuring() throws -> MeasuringOptions {
        var options = MeasuringOptions()
        try running.apply(to: &options, in: absoluteDirectory)
        try limits.apply(to: &options)
        results.apply(to: &options)
        options.launcher = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return options
    }

    /// How to measure when some metrics are followed.
    func measuring(following metrics: [Metric]) throws -> MeasuringOptions {
        var options = try measuring()
        (options.arguments, options.selectingArguments) = (words, selectingWords)
        return options.following(metrics)
    }

    /// The packages and benchmarks that the arguments name.
    func selection() throws -> BenchmarkSelection {
        var selection = try benchmarks.selection()
        // A missing repository is reported by the command itself.
        guard selection.packages.contains(where: { $0.hasPrefix("/") }),
            let root = try? Repository(discovering: absoluteDirectory).workDirectory
        else { return selection }
        do {
            try selection.resolvePaths(from: absoluteDirectory, in: root)
        } catch {
            throw ValidationError("\(error)")
        }
        return selection
    }

    /// Shows progress as the user wants it.
    func console() -> Console { Console(terminal) }

    /// How text on standard output looks.
    var style: TextStyle { terminal.style(in: absoluteDirectory) }
}

/// The ways to print a result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// The ways to print a result that goes into a discussion as well.
enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
}
