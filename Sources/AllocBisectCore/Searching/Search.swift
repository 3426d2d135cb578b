import Benchmarks
import Bisection
import Git

/// Series of one target that were given the same evaluations so far, searched as one.
struct Search {
    let target: Measurement.Target
    var bisector: Bisector<ObjectID>
    /// Their positions among the session's series.
    var series: [Int]
    /// Whether what it found is noted with the series, and led to no further search.
    var isAccounted = false

    /// Takes what a measurement says about some commits; where series disagree, the search splits.
    ///
    /// - Parameter evaluation: Of a series by its position; nil leaves it as it is.
    func marking(_ commits: [ObjectID], _ evaluation: (Int) -> Evaluation?) -> [Search] {
        Dictionary(grouping: series, by: evaluation).sorted { $0.value[0] < $1.value[0] }.map { evaluation, series in
            var part = self
            part.series = series
            if let evaluation { for commit in commits { part.bisector.mark(commit, evaluation) } }
            return part
        }
    }
}
