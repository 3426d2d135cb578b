import Benchmarks
import Explaining
import Git
import Measuring

extension CommitComparison {
    /// The command that opens the profiles of the one benchmark that differs; of its series those of the one that changed
    /// most.
    ///
    /// - Parameters:
    ///   - go: The go command.
    ///   - options: Options of pprof, without their dash.
    ///   - ofCPU: Whether the CPU profiles are meant.
    ///   - directory: Where the command is to run.
    /// - Throws: `CoreError` when several benchmarks differ, or when there are no profiles of both commits.
    public func pprof(go: String, options: [String], ofCPU: Bool, from directory: String) throws -> String {
        let ends = "\(before.id.short) and \(after.id.short)"
        let benchmarks = Set(series.map { "\($0.package) \($0.benchmark)" }).sorted()
        guard benchmarks.count == 1 else {
            throw CoreError(
                .usage,
                "\(benchmarks.count) benchmarks differ between \(ends). Name one of them, with -p where two packages have "
                    + "it:\n  \(benchmarks.joined(separator: "\n  "))")
        }
        let explanations = series.compactMap(\.explanation)
        let kept = explanations.lazy.compactMap { ofCPU ? $0.cpuProfiles : $0.profiles }.first
        guard let kept else {
            let reasons = Set(explanations.flatMap(\.warnings)).sorted().map { "\n  \($0)" }
            throw CoreError(.evidence, "There are no profiles of \(benchmarks[0]) at both \(ends).\(reasons.joined())")
        }
        return kept.command(go: go, options: options, from: directory)
    }
}

extension Explanation {
    /// Notes by which commands of this program its profiles are opened, where the commits have names that one can type.
    mutating func noteOpening(
        of benchmark: String, _ metric: Metric, since before: ObjectID, at after: Commit, _ options: MeasuringOptions
    ) {
        guard !after.isSnapshot else { return }
        let ends = after.parents.first == before ? after.id.short : "\(before.short)..\(after.id.short)"
        let words = ["pprof", ends, benchmark, "-m", metric.unit]
        profiles?.opening = options.command(words)
        cpuProfiles?.opening = options.command(words + ["--profile", "cpu"])
    }
}
