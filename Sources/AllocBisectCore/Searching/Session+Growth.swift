import Benchmarks
import Bisection
import Git
import Measuring

/// After a step the search goes on, until all that a series changed by is accounted for.
extension Session {
    /// Notes what the searches found, and starts new ones where a value that is known differs from what the steps so far
    /// let expect.
    ///
    /// - Returns: Whether there is anything to search.
    mutating func accountForMore() -> Bool {
        var isAsking = false
        for (target, all) in searches {
            searches[target] = all.flatMap { search -> [Search] in
                let steps = steps(of: search)
                guard !search.isAccounted, !steps.isEmpty else { return [search] }
                for position in search.series { note(steps, position) }
                let known = search.bisector.evaluated + range.parents(of: steps[steps.count - 1].commit)
                let questions = Dictionary(grouping: search.series) { question(about: known, series[$0]) }
                return questions.sorted { $0.value[0] < $1.value[0] }.flatMap { question, members -> [Search] in
                    var part = search
                    (part.series, part.isAccounted) = (members, true)
                    guard let question, !deadline.hasPassed else { return [part] }
                    isAsking = true
                    return ask(question, of: part, known)
                }
            }
        }
        return isAsking
    }

    /// Where the series of a search leave their level, by what it found.
    private func steps(of search: Search) -> [(commit: ObjectID, suspects: [ObjectID])] {
        if case .oneOf(let suspects) = search.bisector.result, !request.wantsAll, let last = suspects.last {
            return [(last, suspects)]
        }
        return culprits(of: search).map { ($0, []) }
    }

    /// Notes where a series left its level, and what is expected after it.
    private mutating func note(_ steps: [(commit: ObjectID, suspects: [ObjectID])], _ position: Int) {
        var growth = series[position].growth
        let isReversed = growth.question.isReversed
        for (commit, suspects) in steps {
            let kind: Growth.Kind =
                if !suspects.isEmpty {
                    .oneOf(suspects)
                } else if let objection = objection(to: commit, series[position]) {
                    .drift(objection: objection)
                } else {
                    .culprit(doubts: doubts(about: commit, series[position]))
                }
            growth.steps.append(Growth.Step(commit: commit, kind: kind, isReversed: isReversed))
        }
        if !request.wantsAll, let base = series[position].good {
            var levels = StepLevels(base: base)
            for step in growth.steps {
                guard let index = range.graph.index(of: step.commit), let sample = sample(step.commit, series[position])
                else { continue }
                let after = descendants[index] ?? range.graph.descendants(of: index)
                // Series by the hundred have a step in common.
                descendants[index] = after
                levels.add(at: index, value: sample.value, descendants: after)
            }
            growth.levels = levels
        }
        series[position].growth = growth
    }

    /// The first of some commits whose value is not what the steps of a series let expect there.
    private func question(about commits: [ObjectID], _ series: Series) -> Growth.Question? {
        guard !request.wantsAll, !request.stopsAtFirst, series.isFollowed, !series.growth.isContradicted,
            !series.growth.isExhausted
        else { return nil }
        let steps = Set(series.growth.steps.map(\.commit))
        let indices = Set(commits.compactMap(range.graph.index)).sorted()
        for index in indices where !steps.contains(range.graph.ids[index]) {
            let commit = range.graph.ids[index]
            guard let sample = sample(commit, series) else { continue }
            for isReversed in [false, true] {
                var question = Growth.Question(commit: commit, isReversed: isReversed)
                question.value = sample.value
                guard series.criterion(at: index, question)?.judge(sample) == .bad else { continue }
                // Others may have another value there.
                question.value = nil
                return question
            }
        }
        return nil
    }

    /// Searches for what takes a commit away from its level, with all that is known.
    private mutating func ask(
        _ question: Growth.Question, of search: Search, _ known: [ObjectID]
    ) -> [Search] {
        var search = search
        (search.bisector, search.isAccounted) = (search.bisector.restarted, false)
        for position in search.series {
            series[position].growth.question = question
            series[position].growth.question.value = question.commit.flatMap { sample($0, series[position])?.value }
        }
        return known.reduce([search]) { searches, commit in
            guard let (reading, _) = readings.reading(search.target, at: commit) else { return searches }
            return mark(searches, [commit], reading.measurement)
        }
    }

    func sample(_ commit: ObjectID, _ series: Series) -> Sample? {
        readings.reading(series.target, at: commit)?.reading.measurement.sample(series.benchmark.name, series.metric)
    }
}

extension Growth {
    /// Whether a step cannot be right, so that nothing is to be concluded from it.
    var isContradicted: Bool {
        steps.contains {
            if case .culprit(let doubts) = $0.kind { doubts.contains(where: \.isContradiction) } else { false }
        }
    }
}
