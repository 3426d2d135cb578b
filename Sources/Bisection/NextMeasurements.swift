/// The commits to measure next when several series are searched over the same graph.
///
/// The commits are those with the most information for the time they take, in bits summed over the series: for one
/// commit and one series, the binary entropy of w/n, with w and n as in `Bisector.nextStep()`. The commits in flight and
/// those chosen before cut a series' candidates into cells by w, and a further choice is worth what it splits of its
/// cell; a single series with k slots is cut at about n · i / (k + 1). Commits that a series needs in any case count one
/// bit each, and so do the culprit and its parents, times how likely a commit is one of them. Fewer commits than there are
/// slots are chosen where a further one holds up the others more than it tells, and none where it is better to wait for
/// those in flight.
/// Series in the same state are handled as one, so thousands cost little more than their distinct states.
///
/// - Parameters:
///   - bisectors: the searches, all over the same graph.
///   - limit: the number of free slots.
///   - inFlight: the commits being measured now.
///   - pace: how long measurements take. By default they don't disturb each other.
/// - Returns: at most `limit` commits, none in flight, each open in at least one series. Empty when nothing more is
///   useful now: all series are finished, or what they want is in flight. With one bisector, limit 1 and nothing in
///   flight it is the first commit of `nextStep()`.
public func nextMeasurements<ID>(
    of bisectors: [Bisector<ID>], limit: Int, inFlight: Set<ID> = [], pace: Pace = Pace()
) -> [ID] {
    guard limit > 0, let graph = bisectors.first?.graph else { return [] }
    var members: [CandidateRange: Int] = [:]
    var order: [CandidateRange] = []
    for group in groupsInEqualState(bisectors) {
        guard let range = bisectors[group[0]].range, range.result == nil else { continue }
        if members[range] == nil { order.append(range) }
        members[range, default: 0] += group.count
    }
    var choice = JointChoice(topology: graph.topology, inFlight: Set(inFlight.compactMap { graph.index(of: $0) }))
    for range in order {
        choice.add(NextNeed(range: range, topology: graph.topology), members: members[range] ?? 0)
    }
    return choice.choose(limit: limit, pace: pace).map { graph.ids[$0] }
}

/// The result of each search, nil for those that go on.
///
/// The same as asking each for its `result`, at the price of the distinct states only.
///
/// - Parameter bisectors: the searches, all over the same graph.
public func results<ID>(of bisectors: [Bisector<ID>]) -> [BisectionResult<ID>?] {
    var results = [BisectionResult<ID>?](repeating: nil, count: bisectors.count)
    for group in groupsInEqualState(bisectors) {
        let result = bisectors[group[0]].result
        for position in group { results[position] = result }
    }
    return results
}
