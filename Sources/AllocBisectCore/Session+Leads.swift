import Benchmarks
import Bisection
import Git

/// Leads: before the range is halved, profiles of both ends tell which lines the difference comes from, and the
/// commits that wrote or removed them are likely to be what is looked for. Two measurements tell.
///
/// ```
/// both ends -> profiles -> lines that cost more or less -> commits that add or remove such lines -> Bisector.follow
/// ```
extension Session {
    /// How many targets are profiled; with more open ones, their measurements already serve many searches at once.
    private static let profiledTargets = 8
    /// From how many interesting candidates on halving takes longer than following a lead.
    private static let fewCandidates = 6
    /// How many leads a series has at most.
    private static let leadsEach = 2
    /// The least share of the difference that a lead accounts for.
    private static let leastShare = 0.2
    /// How many candidates are compared with their parents, the newest ones.
    private static let readCandidates = 2000

    /// Gives the open searches leads, as far as there are any.
    ///
    /// - Throws: On cancellation only: a search without leads finds the same.
    mutating func findLeads() async throws {
        guard request.measuring.jobs > 1, !request.wantsAll else { return }
        let open = Set(openSearches.filter { $0.bisector.remaining.interesting > Session.fewCandidates }.map(\.target))
        guard open.count <= Session.profiledTargets else { return }
        for target in open.sorted() {
            do {
                guard let question = try question(target) else { continue }
                events(.measuring(commit: plan.range.bad, purpose: "and the good end with profiles, to find leads"))
                let lines = try await Explainer(measurer: measurer).costlyLines(question)
                try follow(lines, of: target)
            } catch {
                if error is CancellationError || Task.isCancelled { throw error }
            }
        }
    }

    /// What both ends say of the open series of a target; nil when one of them says nothing.
    private func question(_ target: Measurement.Target) throws -> Explainer.Question? {
        guard let before = readings.reading(target, at: plan.base)?.reading.measurement,
            let after = readings.reading(target, at: plan.range.bad)?.reading.measurement, !before.hasFailed
        else { return nil }
        let repository = try Repository(discovering: request.directory)
        let open = openSearches.filter { $0.target == target }.flatMap(\.series).map { series[$0] }
        return Explainer.Question(
            before: try repository.commit(plan.base), after: try repository.commit(plan.range.bad), target: target,
            importPath: open.first?.importPath ?? "", measuredBefore: before, measuredAfter: after, inputs: nil,
            parents: [:], series: open.compactMap(Session.subject))
    }

    private static func subject(_ series: Series) -> Explainer.Subject? {
        guard let good = series.good, let bad = series.bad else { return nil }
        return .init(benchmark: series.benchmark.name, metric: series.metric, before: good, after: bad)
    }

    /// Has the searches of a target follow the commits that some lines point at.
    private mutating func follow(
        _ lines: [Explainer.Subject: [String: Double]], of target: Measurement.Target
    ) throws {
        let changes = try changes(of: Set(lines.values.flatMap(\.keys)), target)
        for position in searches.indices where searches[position].target == target {
            var leads: [ObjectID] = []
            for series in searches[position].series.map({ series[$0] }) {
                guard let subject = Session.subject(series), let shares = lines[subject] else { continue }
                let scores = changes.map { (commit: $0, share: $1.reduce(0) { $0 + (shares[$1] ?? 0) }) }
                let best = scores.filter { $0.share >= Session.leastShare }.sorted { $0.share > $1.share }
                for (commit, _) in best.prefix(Session.leadsEach) where !leads.contains(commit) { leads.append(commit) }
            }
            searches[position].bisector.follow(leads)
        }
    }

    /// The interesting candidates after which there are more or fewer lines with some texts than before, whichever
    /// parent one takes, with those texts; the newest first. A line that only moves to another file is still there.
    private mutating func changes(
        of texts: Set<String>, _ target: Measurement.Target
    ) throws -> [(commit: ObjectID, texts: Set<String>)] {
        let repository = try Repository(discovering: request.directory)
        let flags = try interesting(target)
        let candidates = plan.graph.ids.indices.reversed().filter { flags?[$0] ?? true }.prefix(Session.readCandidates)
        return try candidates.compactMap { index in
            let commit = plan.graph.ids[index]
            var changed = texts
            for parent in plan.parents(of: commit) where !changed.isEmpty {
                var counts: [String: Int] = [:]
                let changes = try repository.changes(from: parent, to: commit, contextLines: 0)
                for line in changes.filter({ $0.path.hasSuffix(".go") }).flatMap(\.hunks).flatMap(\.lines) {
                    let text = line.text.trimmed
                    if changed.contains(text) { counts[text, default: 0] += line.kind == .added ? 1 : -1 }
                }
                changed = Set(counts.filter { $0.value != 0 }.keys)
            }
            return changed.isEmpty ? nil : (commit, changed)
        }
    }
}
