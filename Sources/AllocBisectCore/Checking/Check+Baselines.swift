import Benchmarks
import Bisection
import Explaining
import Git
import Measuring
import Policy

extension Check {
    /// Judges series with an accepted step in the range anew, against the last one of them: what came before it is
    /// settled, and what came after it is not.
    ///
    /// - Returns: The sessions that measured steps, each with the series that were judged against one.
    mutating func judgeAgainstAcceptedSteps(
        _ request: CheckRequest, _ search: SearchRequest, _ range: SearchRange, _ measurements: any Measurements,
        _ explainer: Explainer?
    ) async throws -> [(session: Session, settled: Set<CheckedSeries.Key>)] {
        let steps = try steps(request.policy, range, Repository(discovering: measurements.directory))
        var met: Set<CheckedSeries.Key> = []
        var sessions: [(session: Session, settled: Set<CheckedSeries.Key>)] = []
        // Against the last one; the steps are in the order of the range.
        for (commit, acceptance) in steps.reversed() {
            let positions = series.indices.filter { index in
                !met.contains(series[index].key)
                    && acceptance.filter.matches(series[index].benchmark, series[index].metric)
            }
            guard !positions.isEmpty else { continue }
            met.formUnion(positions.map { series[$0].key })
            if commit == head {
                for index in positions { series[index].accept(acceptance) }
            } else {
                sessions.append(
                    try await judge(positions, against: commit, acceptance, request, search, measurements, explainer))
            }
        }
        return sessions
    }

    private mutating func judge(
        _ positions: [Int], against commit: ObjectID, _ acceptance: Acceptance, _ request: CheckRequest,
        _ search: SearchRequest, _ measurements: any Measurements, _ explainer: Explainer?
    ) async throws -> (session: Session, settled: Set<CheckedSeries.Key>) {
        var settled: [Int] = []
        var search = search
        (search.range, search.shard) = (try RevisionRange("\(commit)..\(head)"), nil)
        // Only the packages in question, which are named from the root.
        search.selection.packages = Set(positions.map { series[$0].benchmark.package }).sorted()
            .map { $0 == "." ? "." : "./\($0)" }
        let range = try SearchRange(
            Repository(discovering: measurements.directory), range: search.range, firstParent: search.firstParent,
            from: "")
        var session = Session(search, range, measurements, explainer)
        do {
            let judged = try await session.judgeEnds(request.policy, today: request.today)
            settled = positions.filter { series[$0].take(judged, acceptance) }
        } catch let error as CoreError where error.code == .nothingToMeasure {
            // All benchmarks had gone by then.
            settled = positions.filter { series[$0].take([], acceptance) }
        }
        return (session, Set(settled.map { series[$0].key }))
    }

    /// The accepted steps that are in the range, on merged branches as well, in its order. One that is unknown is reported:
    /// it may have been rebased.
    private mutating func steps(
        _ policy: Policy, _ range: SearchRange, _ repository: borrowing Repository
    ) throws -> [(commit: ObjectID, acceptance: Acceptance)] {
        guard !policy.acceptances.isEmpty else { return [] }
        var steps: [(position: Int, acceptance: Acceptance)] = []
        for acceptance in policy.acceptances {
            guard let commit = try? repository.resolve(acceptance.commit) else {
                warnings.append(
                    "\(policy.file):\(acceptance.line): the accepted commit \(acceptance.commit) is not known here, "
                        + "so that the entry counts for nothing")
                continue
            }
            if let position = range.graph.index(of: commit) { steps.append((position, acceptance)) }
        }
        return steps.sorted { $0.position < $1.position }.map {
            (range.resolved.commits[$0.position].id, $0.acceptance)
        }
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
            "\(policy.file):\($0.line): ignoring \($0.filter) expired on \($0.until), so that the entry counts for "
                + "nothing; it was ignored because: \($0.reason)"
        }
    }
}
