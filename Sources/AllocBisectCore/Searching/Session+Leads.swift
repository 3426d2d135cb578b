import Benchmarks
import Bisection
import Explaining
import Git
import Measuring

/// Leads: before the range is halved, profiles of both ends tell which lines the difference comes from, and the
/// commits that wrote or removed them are likely to be what is looked for. Two measurements tell.
///
/// ```
/// both ends -> profiles -> lines that cost more or less -> commits that add or remove such lines, with their shares
///     -> which of them crosses the bound -> Bisector.follow
/// ```
extension Session {
    /// How many targets are profiled; with more open ones, their measurements already serve many searches at once.
    private static let profiledTargets = 8
    /// Up to how many candidates that can differ halving takes no longer than the profiles and a lead do.
    private static let fewCandidates = 16
    /// How many leads a series has at most.
    private static let leadsEach = 8
    /// The least part of the difference that a lead accounts for, in per cent.
    private static let minimumShare = 20.0
    /// What rises and falls must leave of all of them for the change to be told from what evens out.
    private static let leastNet = 0.1
    /// How many candidates are looked at, the newest ones.
    private static let readCandidates = 2000

    /// The lines that cost more at one end than at the other, by series.
    private typealias CostlyLines = [Explainer.Subject: [String: CostlyLine]]

    /// Gives the open searches leads, as far as there are any. A search without leads finds the same, so that what goes
    /// wrong is reported and no more.
    ///
    /// - Throws: On cancellation only.
    mutating func findLeads() async throws {
        guard let explainer, !request.wantsAll else { return }
        let open = openSearches
        guard Set(open.map(\.target)).count <= Session.profiledTargets else { return }
        let targets = Set(open.filter { $0.bisector.remaining.canDiffer > Session.fewCandidates }.map(\.target))
        do {
            var lines: [Measurement.Target: CostlyLines] = [:]
            for target in targets.sorted() {
                let series = open.filter { $0.target == target }.flatMap(\.series).map { self.series[$0] }
                guard let question = try question(target, series) else { continue }
                measurements.events(
                    .measuring(commit: range.bad, purpose: "and the good end with profiles, to find leads"))
                lines[target] = try await explainer.costlyLines(question)
            }
            if !lines.isEmpty { try follow(lines) }
        } catch {
            if error is CancellationError || Task.isCancelled { throw error }
            warnings.append("the range was halved without leads, since the profiles of its ends gave none: \(error)")
        }
    }

    /// What both ends say of some series of a target; nil when one of them says nothing.
    private func question(_ target: Measurement.Target, _ series: [Series]) throws -> Explainer.Question? {
        guard let before = readings.reading(target, at: range.base)?.reading.measurement,
            let after = readings.reading(target, at: range.bad)?.reading.measurement, !before.hasFailed
        else { return nil }
        let repository = try Repository(discovering: measurements.directory)
        return Explainer.Question(
            before: try repository.commit(range.base), after: try repository.commit(range.bad), target: target,
            importPath: series.first?.importPath ?? "", measuredBefore: before, measuredAfter: after, inputs: nil,
            parents: [:], series: series.compactMap(Session.subject))
    }

    private static func subject(_ series: Series) -> Explainer.Subject? {
        guard let good = series.good, let bad = series.bad else { return nil }
        return .init(benchmark: series.benchmark.name, metric: series.metric, before: good, after: bad)
    }

    /// Has the searches follow the commits that change the number of costly lines, whichever parent one takes.
    private mutating func follow(_ lines: [Measurement.Target: CostlyLines]) throws {
        var flags: [Measurement.Target: [Bool]] = [:]
        let all = [Bool](repeating: true, count: range.graph.count)
        for target in lines.keys { flags[target] = try canDiffer(target) ?? all }
        let candidates = range.graph.ids.indices.reversed().filter { index in flags.values.contains { $0[index] } }
            .prefix(Session.readCandidates)
        let texts = Set(lines.values.flatMap { $0.values.flatMap(\.keys) })
        let changed = try Repository(discovering: measurements.directory).changedCounts(
            of: texts, in: candidates.map { (range.graph.ids[$0], range.parents(of: range.graph.ids[$0])) },
            where: { $0.hasSuffix(".go") })
        for (target, costly) in lines {
            let flags = flags[target] ?? all
            let candidates = zip(candidates, changed).filter { flags[$0.0] }
            searches[target] = searches[target]?.map { search in
                let found = search.series.map { leads(series[$0], costly, candidates) }.filter { !$0.isEmpty }
                var search = search
                search.bisector.follow(Session.mean(found))
                return search
            }
            leads[target] = Session.mean((searches[target] ?? []).map(\.bisector.leads).filter { !$0.isEmpty })
        }
    }

    /// How likely the commits that changed a series' costly lines are to be its culprit.
    ///
    /// - Parameter candidates: The commits that can be it, by index, the newest first, with the lines that each changed.
    private func leads(
        _ series: Series, _ costly: CostlyLines, _ candidates: [(index: Int, lines: ChangedLines)]
    ) -> [ObjectID: Double] {
        guard let subject = Session.subject(series), let shares = costly[subject], let bound = series.criterion?.bound
        else { return [:] }
        let code = shares.values.filter { !$0.isTest }.map(\.share).sorted()
        let (net, gross) = (code.reduce(0, +), code.reduce(0) { $0 + $1.magnitude })
        // Where rises and falls even out, profiles do not tell which way a commit went.
        let isTold = net * (subject.after - subject.before) > 0 && net.magnitude > Session.leastNet * gross
        // In whole per cent, so that the order never hangs on how sums were rounded; of equals the newest.
        let scores = candidates.map { index, lines in
            // What a commit brings costs more from then on, and what it takes away less. Sums hang on their order.
            let own =
                (lines.more.compactMap { shares[$0] }.filter { $0.share > 0 }
                + lines.fewer.compactMap { shares[$0] }.filter { $0.share < 0 }).sorted { $0.share < $1.share }
            let share = own.reduce(0) { $0 + $1.share.magnitude }
            let progress = isTold ? own.reduce(0) { $1.isTest ? $0 : $0 + $1.share } / net : share
            return (index: index, share: (share * 100).rounded(), progress: progress)
        }
        let best = scores.filter { $0.share >= Session.minimumShare }
            .sorted { ($1.share, $1.index) < ($0.share, $0.index) }.prefix(Session.leadsEach)
        let part = (bound.value - subject.before) / (subject.after - subject.before)
        let probabilities = range.graph.probabilities(
            ofLeads: Dictionary(
                uniqueKeysWithValues: best.map { ($0.index, LeadShare(size: $0.share / 100, progress: $0.progress)) }),
            bound: min(1, max(0, part.isNaN ? 1 : part)))
        return Dictionary(uniqueKeysWithValues: probabilities.map { (range.graph.ids[$0], $1) })
    }

    /// The mean of what several series make of the same commits.
    private static func mean(_ leads: [[ObjectID: Double]]) -> [ObjectID: Double] {
        leads.reduce(into: [:]) { sums, leads in sums.merge(leads, uniquingKeysWith: +) }
            .mapValues { $0 / Double(leads.count) }
    }
}
