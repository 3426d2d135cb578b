import Benchmarks
import Bisection
import Explaining
import Git
import Measuring
import Policy

extension [CheckedSeries] {
    /// Judges series with an accepted step in the range again, relative to the last one of them: what came before it is
    /// settled, and what came after it is not.
    ///
    /// - Returns: The sessions that measured steps, each with the series that were judged against one, and what is to
    ///   be reported of the policy's entries.
    mutating func judgeAgainstAcceptedSteps(
        _ request: CheckRequest, _ search: SearchRequest, _ range: SearchRange, _ measurements: any Measurements,
        _ explainer: Explainer?
    ) async throws -> (sessions: [(session: Session, settled: Set<CheckedSeries.Key>)], warnings: [String]) {
        let (steps, warnings) = try request.policy.acceptedSteps(
            in: range, Repository(discovering: measurements.directory))
        var met: Set<CheckedSeries.Key> = []
        var sessions: [(session: Session, settled: Set<CheckedSeries.Key>)] = []
        // Against the last one; the steps are in the order of the range.
        for (commit, acceptance) in steps.reversed() {
            let positions = indices.filter { index in
                !met.contains(self[index].key)
                    && acceptance.filter.matches(self[index].benchmark, self[index].metric)
            }
            guard !positions.isEmpty else { continue }
            met.formUnion(positions.map { self[$0].key })
            if commit == range.bad {
                for index in positions { self[index].accept(acceptance) }
            } else {
                sessions.append(
                    try await judge(
                        positions, from: commit, to: range.bad, acceptance, request, search, measurements, explainer))
            }
        }
        return (sessions, warnings)
    }

    private mutating func judge(
        _ positions: [Int], from commit: ObjectID, to head: ObjectID, _ acceptance: Acceptance,
        _ request: CheckRequest, _ search: SearchRequest, _ measurements: any Measurements, _ explainer: Explainer?
    ) async throws -> (session: Session, settled: Set<CheckedSeries.Key>) {
        var settled: [Int] = []
        var search = search
        (search.range, search.shard) = (try RevisionRange("\(commit)..\(head)"), nil)
        // Only the packages in question, which are named from the root.
        search.selection.packages = Set(positions.map { self[$0].benchmark.package }).sorted()
            .map { $0 == "." ? "." : "./\($0)" }
        let range = try SearchRange(
            Repository(discovering: measurements.directory), range: search.range, firstParent: search.firstParent,
            from: "")
        var session = Session(search, range, measurements, explainer)
        do {
            let judged = try await session.judgeEnds(request.policy, today: request.today)
            settled = positions.filter { self[$0].take(judged, acceptance) }
        } catch let error as CoreError where error.code == .nothingToMeasure {
            // All benchmarks had gone by then.
            settled = positions.filter { self[$0].take([], acceptance) }
        }
        return (session, Set(settled.map { self[$0].key }))
    }
}

extension Policy {
    /// The accepted steps that are in the range, on merged branches as well, in its order. One that is unknown is reported:
    /// it may have been rebased.
    fileprivate func acceptedSteps(
        in range: SearchRange, _ repository: borrowing Repository
    ) throws -> (steps: [(commit: ObjectID, acceptance: Acceptance)], warnings: [String]) {
        var steps: [(position: Int, acceptance: Acceptance)] = []
        var warnings: [String] = []
        for acceptance in acceptances {
            guard let commit = try? repository.resolve(acceptance.commit) else {
                warnings.append(
                    "\(file):\(acceptance.line): the accepted commit \(acceptance.commit) is not in this "
                        + "repository, so the entry has no effect")
                continue
            }
            if let position = range.graph.index(of: commit) { steps.append((position, acceptance)) }
        }
        let ordered = steps.sorted { $0.position < $1.position }.map {
            (commit: range.resolved.commits[$0.position].id, acceptance: $0.acceptance)
        }
        return (ordered, warnings)
    }
}

extension CheckedSeries {
    /// Takes over what was judged against an accepted step.
    ///
    /// - Returns: Whether it could be: without a value at the step there is nothing to compare with but the base.
    fileprivate mutating func take(_ judged: [CheckedSeries], _ acceptance: Acceptance) -> Bool {
        guard let other = judged.first(where: { $0.key == key }) else {
            // Neither the step nor head has it: that it went was accepted.
            if after == nil { accept(acceptance) }
            return after == nil
        }
        guard other.before != nil || other.after == nil else { return false }
        (before, after, bound, severity, state) = (other.before, other.after, other.bound, other.severity, other.state)
        baseFailure = other.baseFailure
        if state == .passed || after == nil && before == nil { state = .accepted(acceptance) }
        return true
    }

    /// Lets head itself be what it is compared with.
    fileprivate mutating func accept(_ acceptance: Acceptance) {
        before = after
        baseFailure = nil
        state = .accepted(acceptance)
    }
}

extension CheckRequest {
    /// What is to be reported about entries that no longer count.
    var expiredIgnores: [String] {
        policy.ignores.filter { $0.hasExpired(on: today) }.map {
            "\(policy.file):\($0.line): the ignore entry for \($0.filter) expired on \($0.until) and no longer applies "
                + "(reason: \($0.reason))"
        }
    }
}
