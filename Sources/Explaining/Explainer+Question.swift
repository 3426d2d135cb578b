package import Benchmarks
package import Git

extension Explainer {
    /// Two commits, and the series of one target that differ between them.
    package struct Question: Sendable {
        let before, after: Commit
        package let target: Measurement.Target
        let importPath: String
        /// What was measured at each.
        let measuredBefore, measuredAfter: Measurement
        /// The files that decide the measurement; nil when they are not known.
        let inputs: Inputs?
        /// What was measured at each parent of the later commit.
        let parents: [ObjectID: Measurement]
        package let series: [Subject]

        package init(
            before: Commit, after: Commit, target: Measurement.Target, importPath: String,
            measuredBefore: Measurement, measuredAfter: Measurement, inputs: Inputs?,
            parents: [ObjectID: Measurement], series: [Subject]
        ) {
            (self.before, self.after, self.target, self.importPath) = (before, after, target, importPath)
            (self.measuredBefore, self.measuredAfter, self.inputs) = (measuredBefore, measuredAfter, inputs)
            (self.parents, self.series) = (parents, series)
        }
    }

    /// A series, with its values at both commits.
    package struct Subject: Sendable, Hashable {
        package let benchmark: String
        package let metric: Metric
        package let before, after: Double
        package var difference: Double { after - before }

        package init(benchmark: String, metric: Metric, before: Double, after: Double) {
            (self.benchmark, self.metric, self.before, self.after) = (benchmark, metric, before, after)
        }
    }
}

extension Explainer.Question {
    /// What a sanitizer reports at the later commit, and not in the same functions at the earlier one; all of it where
    /// the same functions have more to report.
    var newReports: [SanitizerReport] {
        let all = measuredAfter.failure?.reports ?? []
        let known = Set((measuredBefore.failure?.reports ?? []).map(\.title))
        let new = all.filter { !known.contains($0.title) }
        return new.isEmpty ? all : new
    }
}
