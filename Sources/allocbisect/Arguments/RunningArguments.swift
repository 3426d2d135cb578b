import ArgumentParser
import Foundation
import Git
import GoToolchain
import Measuring

/// The arguments that say how benchmarks are built and run. They decide numbers, and so belong to the recipe.
struct RunningArguments: ParsableArguments {
    @Option(help: .init("The go command to use. (default: go on PATH)", valueName: "path"), completion: .file())
    var go: String?

    @Option(help: .init("Iterations per run, as in 1000x. (default: chosen for each benchmark)", valueName: "Nx"))
    var benchtime: String?

    @Option(
        help: .init("Minimum repeats per measurement. (default: 1)", valueName: "n"),
        transform: Int.init(countArgument:))
    var count = 1

    @Option(
        help: .init("GOMAXPROCS of the runs. (default: 1)", valueName: "n"), transform: Int.init(cpuArgument:))
    var cpu = 1

    @Option(help: .init("Build tags, as for go build -tags.", valueName: "list"))
    var tags = ""

    @Option(
        parsing: .unconditional,
        help: .init("Compiler flags, as for go build -gcflags, e.g. '-N -l'.", valueName: "flags"))
    var gcflags = ""

    @Option(
        help: .init(
            "Count the faults that a sanitizer reports: race, address, memory or checkptr.", valueName: "kind"),
        completion: .list(Sanitizer.allCases.map(\.rawValue)), transform: Sanitizer.init(argument:))
    var sanitizer: Sanitizer?

    @Flag(help: "Run the benchmarks in short mode, as go test -short does.")
    var short = false

    @Option(
        help: .init("Use the _test.go files of this revision at every commit.", valueName: "rev"),
        completion: RevisionCompletion.kind)
    var testsFrom: String?

    @Option(
        help: .init(
            "A command to run in each commit's files before they are built, such as 'go generate ./...'.",
            valueName: "command"))
    var beforeBuild: String?

    @Option(
        help: .init(
            "A patch to apply to each commit that lacks its change, as git diff or diff -u writes it.",
            valueName: "file"),
        completion: .file())
    var patch: String?

    @Option(help: .init("Let an environment variable through; can be repeated.", valueName: "name"))
    var env: [String] = []

    // Each word of what follows is a value of its own by the time that the parser sees it.
    @Option(
        help: .init("Pass everything that follows to the test binary, as go test -args does.", valueName: "arguments"))
    var args: [String] = []

    /// Sets what they say.
    ///
    /// - Parameter directory: The folder that a patch's path is relative to.
    func apply(to options: inout MeasuringOptions, in directory: String) throws {
        if let benchtime {
            guard benchtime.hasSuffix("x"), let iterations = Int(benchtime.dropLast()), iterations > 0 else {
                throw ValidationError(
                    "--benchtime expects a number of iterations such as 1000x, not '\(benchtime)': counts can be compared "
                        + "only between runs of the same length. Leave it out to have that chosen.")
            }
            options.iterations = iterations
        }
        options.rounds = count
        options.cpu = cpu
        options.tags = tags
        options.gcflags = gcflags
        options.sanitizer = sanitizer
        options.go = go
        options.environmentNames = env
        options.testsFrom = testsFrom
        if let own = args.first(where: { $0.hasPrefix("-test.") || $0.hasPrefix("--test.") }) {
            throw ValidationError(
                "--args is for arguments that the benchmarks read, but \(own) belongs to the testing package: use "
                    + "--benchtime, --cpu, --short and so on.")
        }
        options.testArguments = (short ? ["-test.short"] : []) + args
        options.beforeBuild = beforeBuild
        options.patch = try patch.map { try RunningArguments.patch($0, in: directory) }
    }

    private static func patch(_ path: String, in directory: String) throws -> Patch {
        let file = URL(filePath: path, relativeTo: URL(filePath: directory + "/"))
        do {
            return try Patch(name: file.lastPathComponent, text: Array(Data(contentsOf: file)))
        } catch let error as GitError {
            throw ValidationError("--patch: \(error.message)")
        } catch {
            throw ValidationError("--patch: \(path) cannot be read: \(error.localizedDescription)")
        }
    }
}
