import ArgumentParser
import GoToolchain
import Measuring

extension MeasuringArguments {
    /// The arguments as the user would write them, those left out that say what holds anyway; without those that select
    /// benchmarks.
    var words: [String] {
        let defaults = MeasuringArguments.defaults
        let numbers = [defaults?.count, defaults?.cpu, defaults?.jobs].map { $0.map(String.init) }
        let options: [(name: String, value: String?, standard: String?)] = [
            ("-C", directory, defaults?.directory), ("--benchtime", benchtime, nil),
            ("--count", String(count), numbers[0]), ("--cpu", String(cpu), numbers[1]),
            ("--tags", tags, defaults?.tags), ("--gcflags", gcflags, defaults?.gcflags), ("--go", go, nil),
            ("--timeout", timeout, defaults?.timeout), ("--memory-limit", memoryLimit, nil),
            ("--sandbox", sandbox?.rawValue, nil), ("--cache", cache, nil),
            ("-j", String(jobs), numbers[2]), ("--tests-from", testsFrom, nil),
            ("--before-build", beforeBuild, nil), ("--patch", patch, nil),
        ]
        var words: [String] = []
        for package in patterns { words += ["-p", package] }
        for option in options where option.value != option.standard {
            if let value = option.value { words += [option.name, value] }
        }
        for name in env { words += ["--env", name] }
        if network { words.append("--network") }
        if noCache { words.append("--no-cache") }
        if trust { words.append("--trust") }
        if short { words.append("--short") }
        // They take all that follows.
        return args.isEmpty ? words : words + ["--args"] + args
    }

    /// Those that select benchmarks.
    var selectingWords: [String] { (bench.map { ["-b", $0] } ?? []) + only.flatMap { ["--only", $0] } }

    /// What holds when nothing is said.
    private static var defaults: MeasuringArguments? { try? MeasuringArguments.parse([]) }
}

extension SearchArguments {
    /// The search as the user would write it.
    var command: String {
        let flags = [
            ("--all", all), ("--first", first), ("--first-parent", firstParent),
            ("--no-input-classes", series.noInputClasses),
        ]
        var words = [(try? commits.text()) ?? ""]
        for metric in series.metric.metrics { words += ["-m", metric] }
        for threshold in series.thresholds { words += ["-t", threshold] }
        if let budget { words += ["--budget", budget] }
        if alpha != 0.05 { words += ["--alpha", "\(alpha)"] }
        words += flags.filter(\.1).map(\.0) + measuring.selectingWords + measuring.words
        return (["allocbisect"] + words).map(\.shellQuoted).joined(separator: " ")
    }
}
