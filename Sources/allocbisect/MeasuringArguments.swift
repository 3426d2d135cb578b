import AllocBisectCore
import ArgumentParser
import Benchmarks
import Foundation
import Git
import GoToolchain
import Measuring

/// The arguments of all commands that measure.
struct MeasuringArguments: ParsableArguments {
    @Option(name: [.customShort("C")], help: .init("Work as if started in this folder.", valueName: "dir"))
    var directory = "."

    @Option(
        name: [.customShort("p"), .customLong("package")],
        help: .init("Packages as Go patterns; can be repeated. (default: ./...)", valueName: "pattern"))
    var packages: [String] = []

    @Option(
        name: [.customShort("b"), .customLong("bench")],
        help: .init("Benchmarks as a regular expression, as for go test -bench. (default: all)", valueName: "regexp"))
    var bench: String?

    @Option(help: .init("One benchmark by its exact full name; can be repeated.", valueName: "name"))
    var only: [String] = []

    @Argument(parsing: .postTerminator, help: .init("Packages as well, after --.", valueName: "packages"))
    var morePackages: [String] = []

    @Option(help: .init("Iterations of a run, as in 1000x. (default: chosen for each benchmark)", valueName: "Nx"))
    var benchtime: String?

    @Option(help: .init("Repeats that each measurement has at least.", valueName: "n"))
    var count = 1

    @Option(help: .init("GOMAXPROCS of the runs.", valueName: "n"))
    var cpu = 1

    @Option(help: .init("Build tags, as for go build -tags.", valueName: "list"))
    var tags = ""

    @Option(
        parsing: .unconditional,
        help: .init("Compiler flags, as for go build -gcflags, e.g. '-N -l'.", valueName: "flags"))
    var gcflags = ""

    @Option(help: .init("The go command to use. (default: go on PATH)", valueName: "path"))
    var go: String?

    @Option(help: .init("Time limit of one run.", valueName: "duration"))
    var timeout = "10m"

    @Option(
        help: .init("Memory limit of each process, e.g. 2G. (default: three quarters of the memory)", valueName: "size")
    )
    var memoryLimit: String?

    @Option(help: .init("Let an environment variable through; can be repeated.", valueName: "name"))
    var env: [String] = []

    @Option(
        help: .init(
            "The box for old code: auto (the best there is), bwrap, landlock or off. (default: allocbisect.sandbox, or auto)",
            valueName: "kind"), transform: Sandbox.Choice.init(argument:))
    var sandbox: Sandbox.Choice?

    @Flag(help: "Let old code in a box reach the network.")
    var network = false

    @Option(help: .init("The results cache. (default: in the git directory)", valueName: "file"))
    var cache: String?

    @Flag(help: "Keep no results.")
    var noCache = false

    @Flag(help: "Let imported measurements of the same recipe count.")
    var trust = false

    @Option(name: [.customShort("j"), .customLong("jobs")], help: .init("Commits measured at once.", valueName: "n"))
    var jobs = min(4, ProcessInfo.processInfo.activeProcessorCount)

    @Option(
        help: .init("Use the _test.go files of this revision at every commit.", valueName: "rev"),
        completion: RevisionCompletion.kind)
    var testsFrom: String?

    @Flag(help: "Let the benchmarks take less time, as go test -short does.")
    var short = false

    @Option(
        help: .init(
            "A command to run in each commit's files before they are built, such as 'go generate ./...'.",
            valueName: "command"))
    var beforeBuild: String?

    @Option(
        help: .init(
            "A patch to apply to each commit that lacks its change, as git diff writes it.", valueName: "file"))
    var patch: String?

    @Option(
        parsing: .remaining,
        help: .init("All that follows goes to the test binary, as after go test -args.", valueName: "arguments"))
    var args: [String] = []

    func validate() throws {
        _ = try measuring()
        _ = try selection()
    }

    /// The package patterns that are named.
    var patterns: [String] { packages + morePackages }

    /// The folder to work in, absolute.
    var absoluteDirectory: String { URL(filePath: directory).standardizedFileURL.path }

    /// The engine that works in that folder.
    func engine(_ events: @escaping @Sendable (Event) -> Void) -> Engine {
        Engine(directory: absoluteDirectory, environment: ProcessInfo.processInfo.environment, events: events)
    }

    /// How to measure.
    func measuring() throws -> MeasuringOptions {
        var options = MeasuringOptions()
        if let benchtime {
            guard benchtime.hasSuffix("x"), let iterations = Int(benchtime.dropLast()), iterations > 0 else {
                throw ValidationError("--benchtime takes a number of iterations such as 1000x, not '\(benchtime)'.")
            }
            options.iterations = iterations
        }
        guard count > 0, cpu > 0, jobs > 0 else {
            throw ValidationError("--count, --cpu and --jobs take numbers of at least 1.")
        }
        options.rounds = count
        options.cpu = cpu
        options.tags = tags
        options.gcflags = gcflags
        options.go = go
        options.limits.time = try Duration(argument: timeout)
        options.limits.memory =
            try memoryLimit.map(UInt64.init(sizeArgument:)) ?? ProcessInfo.processInfo.physicalMemory / 4 * 3
        options.environmentNames = env
        options.sandbox = sandbox
        options.hasNetwork = network
        options.launcher = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        options.cache = noCache ? .none : cache.map { .file($0) } ?? .shared
        options.trustsImported = trust
        options.jobs = jobs
        options.testsFrom = testsFrom
        if let own = args.first(where: { $0.hasPrefix("-test.") || $0.hasPrefix("--test.") }) {
            throw ValidationError(
                "--args is for what the benchmarks read, and \(own) is for testing itself: use --benchtime, --cpu, --short "
                    + "and the others.")
        }
        options.testArguments = (short ? ["-test.short"] : []) + args
        options.beforeBuild = beforeBuild
        options.patch = try patch.map(readPatch)
        return options
    }

    private func readPatch(_ path: String) throws -> Patch {
        let file = URL(filePath: path, relativeTo: URL(filePath: absoluteDirectory + "/"))
        do {
            return try Patch(name: file.lastPathComponent, text: Array(Data(contentsOf: file)))
        } catch let error as GitError {
            throw ValidationError("--patch: \(error.message)")
        } catch {
            throw ValidationError("--patch: \(path) cannot be read: \(error.localizedDescription)")
        }
    }

    /// How to measure when some metrics are followed.
    func measuring(following metrics: [Metric]) throws -> MeasuringOptions {
        var options = try measuring()
        (options.arguments, options.selectingArguments) = (words, selectingWords)
        // A clock must not be disturbed by another measurement.
        if metrics.contains(where: { $0.behavior == .timed }) { options.jobs = 1 }
        return options
    }

    /// What to measure.
    func selection() throws -> BenchmarkSelection {
        var selection = BenchmarkSelection()
        if !patterns.isEmpty { selection.packages = patterns }
        do { selection.pattern = try bench.map(BenchPattern.init) } catch { throw ValidationError("\(error)") }
        selection.only = only
        return selection
    }
}

/// The ways to print a result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// The ways to print a result that goes into a discussion as well.
enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
}
