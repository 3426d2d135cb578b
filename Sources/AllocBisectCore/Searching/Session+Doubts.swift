import Benchmarks
import Bisection
import Git
import Measuring

/// What speaks against naming a commit.
extension Session {
    /// Why a commit where the threshold is crossed is not named: it makes no step of its own.
    func objection(to id: ObjectID, _ series: Series) -> String? {
        guard let criterion = series.criterion(at: range.graph.index(of: id)), let after = sample(id, series) else {
            return nil
        }
        let objections = range.parents(of: id).compactMap { parent -> String? in
            guard let before = sample(parent, series),
                series.criterion(at: range.graph.index(of: parent))?.judge(before) == .good
            else { return nil }
            return criterion.objection(to: after, after: before)
        }
        return objections.first.map {
            "the series crosses its threshold at \(id.short), but \(id.short)'s own step is too small to blame it: "
                + $0
        }
    }

    /// What speaks against a culprit, by its own measurement and those of its parents.
    func doubts(about id: ObjectID, _ series: Series) -> [Growth.Doubt] {
        var doubts: [Growth.Doubt] = []
        func add(_ text: String, isContradiction: Bool = false) {
            doubts.append(Growth.Doubt(text: text, isContradiction: isContradiction))
        }
        func evaluation(_ id: ObjectID, _ reading: KnownMeasurement) -> SeriesEvaluation {
            series.evaluation(reading.measurement, at: range.graph.index(of: id))
        }
        if let here = readings.own(series.target, at: id), case .bad = evaluation(id, here) {
        } else {
            add("\(id.short) was not bad when it was measured again", isContradiction: true)
        }
        for parent in range.parents(of: id) {
            guard let reading = readings.own(series.target, at: parent) else {
                add("the parent \(parent.short) was not measured")
                continue
            }
            switch evaluation(parent, reading) {
            case .good: break
            case .bad:
                add(
                    "the parent \(parent.short) of \(id.short) is bad as well, but outside the range: a side branch "
                        + "forked before the good end, when the threshold was already crossed", isContradiction: true
                )
            case .skip(let failure): add("the parent \(parent.short) cannot be measured: \(failure)")
            case .needs, .noise:
                add("the parent \(parent.short) does not give a steady value", isContradiction: true)
            }
        }
        return doubts
    }
}
