/// Why a commit gave no value, or what else went wrong while it was measured.
public struct Failure: Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure; the raw values are what a cache stores.
    public enum Reason: String, Sendable, CaseIterable {
        case checkout
        case missingModule = "missing-module"
        case missingPackage = "missing-package"
        case newerGo = "newer-go"
        case missingDependency = "missing-dependency"
        case build
        case missingBenchmark = "missing-benchmark"
        case failed, skipped, panicked, exited, killed, timeout, memory, flood, processes
        case leftProcesses = "left-processes"
        case varyingNames = "varying-names"
        case unrepeatable, reports, unreported, lost
    }

    /// What went wrong; `message` and `limit` say more.
    public let reason: Reason
    /// What the tools said, at most a few lines; may hold anything, since it comes from the repository.
    public let message: String
    /// The limit that was reached, in seconds or bytes; nil for other reasons. With a larger one it may succeed.
    public let limit: Double?

    /// A failure with the text that explains it.
    public init(_ reason: Reason, _ message: String = "", limit: Double? = nil) {
        self.reason = reason
        self.message = message
        self.limit = limit
    }

    /// Whether it concerns the whole package at that commit, and not one benchmark.
    public var concernsPackage: Bool {
        switch reason {
        case .checkout, .missingModule, .missingPackage, .newerGo, .missingDependency, .build: true
        default: false
        }
    }

    /// Whether it is in this machine's surroundings and not in the commit, so that a later try may succeed.
    public var isTransient: Bool { [.checkout, .missingDependency, .lost].contains(reason) }

    /// Whether a run came to it, and another one may not: for what surrounds it, such as a service that is away.
    public var isOfRun: Bool { [.failed, .skipped, .panicked, .exited, .killed].contains(reason) }

    /// Whether values stand all the same when there are any.
    public var isWarning: Bool { [.leftProcesses, .varyingNames, .reports].contains(reason) }

    /// Whether it is what a metric counts, and no trouble of measuring that is to be noted beside a value.
    public var isCounted: Bool { reason == .reports }

    /// Whether there is nothing that could have a value of a metric: no benchmark, or one that reports other units. What this
    /// program measures by itself may lack a value of a benchmark that is there, and so may a folder without a go.mod.
    public func isOfAbsence(of metric: Metric) -> Bool {
        [.missingBenchmark, .missingPackage].contains(reason)
            || reason == .unreported && !Metric.known.contains(metric)
    }

    /// What happened, in words that complete "the commit was skipped: …".
    public var title: String {
        switch reason {
        case .checkout: "the files could not be checked out"
        case .missingModule: "no go.mod at or above the package"
        case .missingPackage: "the package does not exist"
        case .newerGo: "go.mod asks for a newer Go"
        case .missingDependency: "a module that it needs is not available"
        case .build: "the test binary does not build"
        case .missingBenchmark: "the benchmark does not exist"
        case .failed: "the benchmark failed"
        case .skipped: "the benchmark skipped itself"
        case .panicked: "the benchmark panicked"
        case .exited: "the test binary exited early"
        case .killed: "the test binary was killed by a signal"
        case .timeout: "the time limit was reached"
        case .memory: "the memory limit was reached"
        case .flood: "the benchmark printed too much"
        case .varyingNames: "names vary from run to run, so those benchmarks are left out"
        case .processes: "the benchmark started too many processes"
        case .unrepeatable: "the test does not run twice in one process"
        case .reports: "the sanitizer reported"
        case .unreported: "the benchmark does not report the metric"
        case .lost: "no other machine could measure it"
        case .leftProcesses: "the benchmark left processes behind, which were ended"
        }
    }

    /// What gives a commit a value that has none for this reason; nil where nothing is known to.
    package var remedy: String? {
        switch reason {
        case .missingModule: "write one with --before-build '[ -f go.mod ] || go mod init MODULE'"
        case .missingDependency: "get it with 'go mod download' in a checkout of that commit"
        case .newerGo: "install a newer Go, or name one with --go PATH"
        case .build: "name a commit that builds, or a patch that repairs this one with --patch FILE"
        default: nil
        }
    }

    /// The lines of the message that tell the reason, five at most; first what was found out about it, marked as a note.
    public var details: [String] {
        // Go heads what a compiler says with "# package", and ends it with what is of no use.
        let lines = message.split(whereSeparator: \.isNewline)
            .filter { line in
                !["# ", "FAIL\t", "go: downloading "].contains(where: line.hasPrefix)
                    && !line.hasSuffix("too many errors")
            }
            .map { line in String(line.drop(while: \.isWhitespace)) }
            .filter { !$0.isEmpty }
        let notes = lines.filter { $0.hasPrefix(Failure.noteMark) }.map { String($0.dropFirst(Failure.noteMark.count)) }
        return Array((notes + lines.filter { !$0.hasPrefix(Failure.noteMark) }).prefix(5))
    }

    /// What begins a line of the message that was found out and not printed by a tool.
    public static let noteMark = "allocbisect: "

    public var description: String { title + (details.first.map { ": " + $0 } ?? "") }

    /// What happened with all lines that tell the reason, the first one behind the title.
    public var text: String { ([description] + details.dropFirst()).joined(separator: "\n") }
}
