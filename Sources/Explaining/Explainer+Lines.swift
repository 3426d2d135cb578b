import Benchmarks
import Git
import Measuring
import Pprof

extension Explainer {
    /// The lines that cost more at one of the question's commits than at the other, by their texts without blanks
    /// around them, each with its share of all differences; by series.
    ///
    /// At commits in between, lines have other numbers and are in other files. It takes a few runs of what is built
    /// already, and is a hint: small objects may stand at another line, and what a line costs may change for what
    /// happens elsewhere.
    ///
    /// - Throws: When Go or git fails, or a profile cannot be read.
    package func costlyLines(_ question: Question) async throws -> [Subject: [String: CostlyLine]] {
        let profiles = try await ProfileRuns(workshop: workshop, question: question).short(nil)
        let sources = SourceTexts(
            try Repository(discovering: workshop.repository), before: question.before.id, after: question.after.id,
            pinnedTests: workshop.pinnedTests)
        let paths = SourcePaths(
            worktrees: workshop.state.worktrees + "/", importPath: question.importPath,
            directory: question.target.package, changed: [])
        var lines: [Subject: [String: CostlyLine]] = [:]
        for subject in question.series {
            guard let before = profiles.before[subject.benchmark], let after = profiles.after[subject.benchmark]
            else { continue }
            var differences: [Line: Double] = [:]
            for (profiles, side, sign) in [(before, SourceTexts.Side.before, -1.0), (after, .after, 1)] {
                let costs = Attribution(profiles.costs(of: subject.metric)) { paths.path($0.file) }
                for (site, cost) in costs.sites {
                    guard let text = sources.text(side, site.file, site.line) else { continue }
                    differences[
                        Line(text: text, function: site.function, isTest: site.file.isTest), default: 0] +=
                        sign * (subject.metric.isInBytes ? cost.bytes : cost.objects)
                        * (site.file.isTest ? Explainer.weightOfTests : 1)
                }
            }
            // What one function has less of and another more is a line that moved; what a function has less of at
            // one line and more at another is a line that was rewritten.
            differences.settle(within: \.text)
            differences.settle(within: \.function)
            let total = differences.values.reduce(0) { $0 + $1.magnitude }
            guard total > 0 else { continue }
            let texts = Dictionary(grouping: differences) { $0.key.text }
            lines[subject] = texts.mapValues { parts in
                let size = parts.reduce(0) { $0 + $1.value.magnitude } / total
                let share = parts.reduce(0) { $0 + $1.value } < 0 ? -size : size
                return CostlyLine(share: share, isTest: parts.allSatisfy(\.key.isTest))
            }
        }
        return lines
    }

    /// Much of what tests allocate prepares the benchmark, and is not counted.
    private static let weightOfTests = 0.25

    fileprivate struct Line: Hashable {
        let text: String
        let function: String
        let isTest: Bool
    }
}

/// A line that costs more at one commit than at another.
package struct CostlyLine: Hashable, Sendable {
    /// Its part of all differences, below 0 when it costs less at the later commit.
    package let share: Double
    /// Whether it stands in tests alone: much of what they allocate is not in the values.
    package let isTest: Bool
}

extension [Explainer.Line: Double] {
    /// Within each text or function, scales rises and falls so that their sizes add up to what is left of them together.
    fileprivate mutating func settle(within part: KeyPath<Key, String>) {
        var sums: [String: (net: Double, gross: Double)] = [:]
        for (line, difference) in self {
            let sum = sums[line[keyPath: part]] ?? (0, 0)
            sums[line[keyPath: part]] = (sum.net + difference, sum.gross + difference.magnitude)
        }
        for (line, difference) in self {
            guard let sum = sums[line[keyPath: part]], sum.gross > 0 else { continue }
            self[line] = difference * sum.net.magnitude / sum.gross
        }
    }
}

extension BenchmarkProfiles {
    /// What comes nearest to a metric: of goroutines, the objects that they keep.
    fileprivate func costs(of metric: Metric) -> StackCosts {
        switch metric {
        case .goroutines, .retainedObjects, .retainedBytes: retained
        default: allocated
        }
    }
}
