import ArgumentParser
import Benchmarks
import GoToolchain
import Measuring

extension MeasuringArguments {
    /// The arguments as the user would write them, those left out that say what holds anyway; without those that select
    /// benchmarks, and those that change no number and no result.
    var words: [String] {
        let standard = MeasuringArguments.defaults
        let options: [(name: String, value: String?, standard: String?)] = [
            ("-C", directory, standard?.directory), ("--benchtime", running.benchtime, nil),
            ("--count", String(running.count), standard.map { String($0.running.count) }),
            ("--cpu", String(running.cpu), standard.map { String($0.running.cpu) }),
            ("--tags", running.tags, standard?.running.tags), ("--gcflags", running.gcflags, standard?.running.gcflags),
            ("--sanitizer", running.sanitizer?.rawValue, nil), ("--go", running.go, nil),
            ("--timeout", limits.timeout, standard?.limits.timeout),
            ("--memory-limit", limits.memoryLimit, nil), ("--sandbox", limits.sandbox?.rawValue, nil),
            ("--executor", limits.executor, nil),
            ("--cache", results.cache, nil), ("-j", String(limits.jobs), standard.map { String($0.limits.jobs) }),
            ("--tests-from", running.testsFrom, nil), ("--before-build", running.beforeBuild, nil),
            ("--patch", running.patch, nil),
        ]
        let flags = [
            ("--tests", benchmarks.tests), ("--network", limits.network), ("--no-cache", results.noCache),
            ("--trust", results.trust),
            ("--short", running.short),
        ]
        var words: [String] = []
        for package in benchmarks.patterns { words += ["-p", package] }
        for option in options where option.value != option.standard {
            if let value = option.value { words += [option.name, value] }
        }
        for name in running.env { words += ["--env", name] }
        words += flags.filter(\.1).map(\.0)
        // They take all that follows.
        return running.args.isEmpty ? words : words + ["--args"] + running.args
    }

    /// Those that select benchmarks.
    var selectingWords: [String] {
        (benchmarks.bench.map { ["-b", $0] } ?? []) + benchmarks.only.flatMap { ["--only", $0] }
    }

    /// The defaults.
    private static var defaults: MeasuringArguments? { try? MeasuringArguments.parse([]) }
}

extension MetricArguments {
    /// The arguments as the user would write them.
    var words: [String] { metrics.flatMap { ["-m", $0] } }
}

extension SeriesArguments {
    /// The arguments as the user would write them, but those that change no result.
    var words: [String] { metric.words + thresholds.flatMap { ["-t", $0] } }
}

extension SearchArguments {
    /// The search as the user would write it.
    var command: String {
        let flags = [
            ("--all", strategy.all), ("--first", strategy.first), ("--first-parent", strategy.firstParent),
            ("--no-input-classes", series.noInputClasses),
        ]
        var words = [(try? commits.text()) ?? ""] + series.words
        if let budget = strategy.budget { words += ["--budget", budget] }
        if strategy.alpha != 0.05 { words += ["--alpha", "\(strategy.alpha)"] }
        words += flags.filter(\.1).map(\.0) + measuring.selectingWords + measuring.words
        return (["allocbisect"] + words).map(\.shellQuoted).joined(separator: " ")
    }
}
