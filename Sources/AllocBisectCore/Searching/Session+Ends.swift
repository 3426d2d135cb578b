import Benchmarks
import Bisection
import Git
import GoToolchain
import MeasurementCache
import Measuring

extension Session {
    /// Measures both ends, and makes a series of every benchmark and metric that either of them has.
    mutating func measureEnds() async throws {
        let (base, bad) = (range.base, range.bad)
        let (measurements, selection, prefix) = (measurements, request.selection, range.prefix)
        // The good end takes the first slot, where Go may still know what it built when it was measured alone.
        async let listedAtBad = measurements.targets(of: selection, at: bad, from: prefix)
        let atGood = try await measurements.targets(of: selection, at: base, from: prefix)
        let atBad = try await listedAtBad
        for (package, _) in atGood + atBad { importPaths[package.directory] = package.importPath }
        targets = Set((atBad + atGood).flatMap(\.targets)).sorted()
        guard !targets.isEmpty else {
            throw try await measurements.noBenchmark(matching: selection, at: [bad, base], from: prefix)
        }
        if let shard = request.shard {
            targets = targets.byPackage.enumerated().filter { shard.has($0.offset) }.flatMap(\.element.targets)
        }
        targets = try await sortOut(targets)
        var rounds = request.measuring.rounds
        repeat {
            do {
                try await measure([base, bad], rounds: rounds)
            } catch is SharingEnded where !deadline.hasPassed {
                continue
            } catch is SharingEnded {}
            // A policy says where it names a metric.
            if !judgesEnds {
                try CoreError.refuse(unreported: request.metrics, in: measured(at: base) + measured(at: bad))
            }
            // What need not be measured is there.
            if unchanged.isEmpty {
                try CoreError.refuse(olderGo: measured(at: bad), at: bad)
                try await measurements.refuse(
                    absentPartsOf: selection, in: measured(at: base) + measured(at: bad), at: bad)
            }
            try makeSeries()
            let wanted = series.reduce(rounds) { max($0, roundsWanted($1)) }
            if wanted <= rounds { break }
            rounds = wanted
        } while !deadline.hasPassed
        leftOut = targets.filter { target in
            [base, bad].contains { readings.reading(target, at: $0) == nil }
        }
        removeUnwanted()
    }

    /// Makes the series of all that is known of both ends.
    mutating func makeSeries() throws {
        past =
            try past
            ?? EarlierValues(before: range.base, of: targets, count: request.thresholds.longestWindow, measurements)
        series =
            targets.flatMap { makeSeries($0, importPath: importPaths[$0.package] ?? $0.package) }
            + unchangedSeries(importPaths)
        roundsOfSeries = Dictionary(uniqueKeysWithValues: targets.map { ($0, roundsAtEnds(of: $0)) })
    }

    /// Whether rounds that were measured since the series were made, to confirm a culprit beside an end, show that an end
    /// of a searched one is not what it was taken for, or that it takes more rounds to tell.
    func endsMoved() -> Bool {
        let open = Set(series.filter(\.isOpenAtEnds).map { CheckedSeries.Key($0.benchmark, $0.metric) })
        return allSearches.contains { search in
            let rounds = roundsAtEnds(of: search.target)
            guard rounds != roundsOfSeries[search.target] else { return false }
            let importPath = importPaths[search.target.package] ?? search.target.package
            return makeSeries(search.target, importPath: importPath).contains { series in
                open.contains(CheckedSeries.Key(series.benchmark, series.metric))
                    && (!series.isOpenAtEnds || rounds.contains { $0 > 0 && $0 < roundsWanted(series) })
            }
        }
    }

    /// What is known of a commit.
    func measured(at commit: ObjectID) -> [Measurement] {
        targets.compactMap { readings.reading($0, at: commit)?.reading.measurement }
    }

    private func roundsAtEnds(of target: Measurement.Target) -> [Int] {
        [range.base, range.bad].map { readings.reading(target, at: $0)?.reading.measurement.rounds.count ?? 0 }
    }

    private func roundsWanted(_ series: Series) -> Int {
        guard let good = readings.reading(series.target, at: range.base)?.reading.measurement,
            let bad = readings.reading(series.target, at: range.bad)?.reading.measurement,
            judgesEnds || !series.isTimed
        else { return 0 }
        return series.roundsWanted(good: good, bad: bad)
    }

    /// Measures what is wanted of both ends: all at once, or one package after the other where the time may not be enough
    /// for all.
    private mutating func measure(_ commits: [ObjectID], rounds: Int) async throws {
        let open = Set(series.filter(\.isOpenAtEnds).map(\.target))
        let needy = rounds == request.measuring.rounds ? targets : targets.filter(open.contains)
        guard deadline != nil else { return try await measure(commits, needy, rounds: rounds) }
        for (_, part) in needy.byPackage
        where !deadline.hasPassed {
            try await measure(commits, part, rounds: rounds)
        }
    }

    private mutating func measure(
        _ commits: [ObjectID], _ needy: [Measurement.Target], rounds: Int
    ) async throws {
        var jobs: [MeasurementJob] = []
        for (commit, name) in zip(commits, ["good", "bad"]) {
            var job = MeasurementJob(
                commit: commit, targets: [], purpose: "the \(name) end", minimumRounds: rounds, deadline: deadline)
            for target in needy {
                if let (known, source) = try readings.recall(target, at: commit), job.isDone(by: known.measurement) {
                    try learn([known], at: source)
                } else {
                    job.targets.append(target)
                }
            }
            if !job.targets.isEmpty { jobs.append(job) }
        }
        // What was measured of one end is kept even when the other one contradicts something.
        var found: [(MeasurementJob, [KnownMeasurement])] = []
        var left = jobs[...]
        try await MeasuringLoop(measurements: measurements, width: measurements.startsCold ? 1 : 2).run(
            next: { free, _ in
                defer { left = left.dropFirst(free) }
                return Array(left.prefix(free))
            },
            take: { found.append(($1, $0)) })
        for (job, readings) in found { try take(readings, at: job.commit) }
    }

    /// The series of one target: each benchmark that it printed at either end, with each metric that is followed.
    private func makeSeries(_ target: Measurement.Target, importPath: String) -> [Series] {
        guard let past, let atGood = readings.reading(target, at: range.base),
            let bad = readings.reading(target, at: range.bad)?.reading.measurement
        else { return [] }
        let good = atGood.reading.measurement
        let comparable = good.names(comparableTo: bad).union(bad.names(comparableTo: good))
        let varying =
            good.names.union(bad.names).subtracting(comparable).min()
            ?? [good, bad].compactMap(\.failure).first { $0.reason == .varyingNames }?.message
        if let varying {
            measurements.notes.add([
                "\(importPath) \(target.function): names vary from run to run, so those benchmarks are not followed, such as "
                    + varying
            ])
            if comparable.isEmpty { return [] }
        }
        var names = comparable.filter(request.selection.includes)
        if names.isEmpty {
            names = Set(request.selection.only.filter { Benchmark.function(of: $0) == target.function })
        }
        if names.isEmpty { names = [target.function] }
        return names.sorted().flatMap { name in
            let benchmark = Benchmark(package: target.package, name: name)
            return request.metrics.compactMap { metric in
                let threshold = request.thresholds.threshold(for: metric, of: benchmark)
                let isTimed =
                    threshold.isRelative && !request.wantsAll
                    && [good, bad].contains { $0.sample(name, metric)?.isNoisy ?? (metric.behavior == .timed) }
                return Series(
                    benchmark, metric, target: target, importPath: importPath, threshold: threshold, good: good,
                    bad: bad, past: past.values(of: name, metric, by: threshold, upTo: good, from: atGood.source),
                    isSoleMetric: request.metrics.count == 1, isTimed: isTimed, isJudged: judgesEnds || !isTimed)
            }
        }
    }

    /// Starts a search for every series that the ends leave open: bad at the bad end, and good or missing at the good one.
    mutating func startSearches() throws {
        let bad = range.bad
        let open = Dictionary(grouping: series.indices.filter { series[$0].outcome == nil }) { series[$0].target }
        for (target, open) in open.sorted(by: { $0.key < $1.key }) {
            guard let (reading, _) = readings.reading(target, at: bad) else { continue }
            let waiting = open.filter { series[$0].isTimed }
            if !waiting.isEmpty { timed.waiting[target] = waiting }
            let open = open.filter { !series[$0].isTimed }
            if open.isEmpty { continue }
            let changes = try changedInputs(target)
            let bisector = Bisector(
                graph: range.graph, canDiffer: changes?.map { $0 > 0 }, changes: changes)
            searches[target] = [Search(target: target, bisector: bisector, series: open)]
            try learn([reading], at: bad)
            if let (good, _) = readings.reading(target, at: range.base) { try learn([good], at: range.base) }
            try learnRecorded(target)
        }
        cost.canDiffer = try canDifferCount()
    }

    /// Learns what the cache has for candidates, so that the same command asks for nothing new, in whatever order
    /// its measurements came in the first time.
    private mutating func learnRecorded(_ target: Measurement.Target) throws {
        for commit in try measurements.commits(of: target) where range.graph.index(of: commit) != nil {
            if let known = try measurements.recall(target, at: commit), isEnough(known.measurement, at: commit) {
                try learn([known], at: commit)
            }
        }
    }

    /// For each candidate whether it differs from every parent in what decides the target, as far as the ends show;
    /// nil when all are taken to differ.
    mutating func canDiffer(_ target: Measurement.Target) throws -> [Bool]? {
        try inputs(of: target).map { try readings.classes.canDiffer(range.resolved, over: $0) }
    }

    /// For each candidate how much it changed of what decides the target, 0 for one that cannot differ; nil when that is
    /// not known.
    mutating func changedInputs(_ target: Measurement.Target) throws -> [Int]? {
        try inputs(of: target).map { try readings.classes.changedInputs(range.resolved, over: $0) }
    }

    /// What decides a target's measurements at the ends; nil when anything may.
    private mutating func inputs(of target: Measurement.Target) throws -> Inputs? {
        let states = [range.base, range.bad].compactMap { readings.reading(target, at: $0)?.reading.state }
        guard try readings.sharesMeasurements(target), !states.isEmpty else { return nil }
        return states.reduce(into: Inputs()) { $0.formUnion($1.inputs) }
    }

    private mutating func canDifferCount() throws -> Int {
        var all: Set<Inputs> = []
        for target in Set(series.map(\.target)) {
            guard let inputs = try inputs(of: target) else { return range.graph.count }
            all.insert(inputs)
        }
        return try readings.classes.canDiffer(range.resolved, overAny: all).count { $0 }
    }
}
