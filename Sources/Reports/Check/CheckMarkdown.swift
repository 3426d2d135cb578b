public import AllocBisectCore
import Benchmarks
import Git

/// A check as markdown, for the comment of a pull request or the summary of a workflow's step: the verdict, a table of what
/// is not simply fine, and folded below it what each culprit did.
public struct CheckMarkdown {
    private let check: Check
    private let links: CommitLinks
    /// The culprits of each series that was searched.
    private let culprits: [CheckedSeries.Key: [Commit]]
    /// Where lines of head are; nil where no forge has them.
    private let lineLinks: CommitLinks

    /// A comment has room for 65,536 characters; what has none is counted.
    private static let rows = 50
    private static let unfolded = 20

    /// The document's text.
    ///
    /// - Parameter forge: Where the repository's pages are, for links to them; nil for none.
    public static func text(of check: Check, forge: Forge?) -> String {
        CheckMarkdown(check, forge).blocks.joined(separator: "\n\n") + "\n"
    }

    private init(_ check: Check, _ forge: Forge?) {
        self.check = check
        links = CommitLinks(forge: forge, commit: check.head)
        lineLinks = CommitLinks(forge: check.isOfWorkTree ? nil : forge, commit: check.head)
        culprits = check.culprits.mapValues { $0.map(\.commit) }
    }

    private var blocks: [String] {
        var blocks = [
            "### allocbisect check: \(check.hasPassed ? "passed" : "failed")",
            "\(links.commit(check.base))..\(check.isOfWorkTree ? "work tree" : links.commit(check.head)): "
                + "\(counted(check.series.count, "series", plural: "series")): \(check.counts)",
        ]
        let benchmarks = CheckedBenchmark.all(of: check)
        let order = CheckedSeries.State.Kind.allCases.flatMap { kind in benchmarks.filter { $0.kind == kind } }
        let shown = ExplanationOutline.Shown(order.flatMap(\.reported), atMost: CheckMarkdown.rows)
        if !shown.elements.isEmpty { blocks.append(table(shown.elements)) }
        if shown.more > 0 { blocks.append("… and \(shown.more) more series") }
        blocks += check.warnings.map { "Note: \($0.markdownEscaped)" }
        return blocks + check.searches.flatMap(search)
    }

    /// A row for each series; those of a benchmark stand together, with its name in the first one.
    private func table(_ series: [CheckedSeries]) -> String {
        var named: Benchmark?
        let rows = series.map { checked in
            let isFirst = named != checked.benchmark
            named = checked.benchmark
            let limit = checked.limit.map { "\($0) (\(checked.appliedThreshold))" } ?? checked.appliedThreshold
            let line = checked.costliest.map {
                lineLinks.line("\($0.path):\($0.line)".markdownCodeCell, $0.path, $0.line)
            }
            let commits = (culprits[checked.key] ?? []).map { $0.isSnapshot ? $0.name : links.commit($0.id) }
            return [
                checked.state.name, isFirst ? checked.package.markdownCodeCell : "",
                isFirst ? checked.benchmark.name.markdownCodeCell : "", checked.metric.unit.markdownEscaped,
                checked.text(checked.before), checked.text(checked.after),
                limit.markdownEscaped, commits.joined(separator: ", "), line ?? "",
                (checked.remarks ?? "").markdownEscaped,
            ]
        }
        let heads = ["state", "package", "benchmark", "metric", "before", "after", "limit", "commit", "line", ""]
        // A check that searched nothing knows of no commits and lines.
        let columns = heads.indices.filter { !["commit", "line"].contains(heads[$0]) || !check.searches.isEmpty }
        let rules = heads.map { ["before", "after"].contains($0) ? "---:" : "---" }
        return ([heads, rules] + rows).map { row in "| " + columns.map { row[$0] }.joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }

    /// What a search found; how it was made, and what to type next, is of no use here.
    private func search(_ verdict: Verdict) -> [String] {
        let sections = FindOutline(verdict).sections
        let folded = sections.compactMap { section -> String? in
            guard case .culprit(let commit, let crossings) = section else { return nil }
            return fold(commit, crossings)
        }
        let shown = ExplanationOutline.Shown(folded, atMost: CheckMarkdown.unfolded)
        let others = sections.flatMap { section -> [String] in
            switch section {
            case .culprit, .summary, .next, .closing: []
            case .suspects, .likely, .growth, .noCulprit, .others, .oneSided, .skipped, .notes:
                FindMarkdown.blocks(of: section)
            }
        }
        return shown.elements + (shown.more > 0 ? ["… and \(shown.more) more commits"] : []) + others
    }

    private func fold(_ commit: Commit, _ crossings: [FindOutline.Crossing]) -> String {
        let links = CommitLinks(forge: commit.isSnapshot ? nil : links.forge, commit: commit.id)
        let name = commit.isSnapshot ? commit.name : "<code>\(commit.name)</code>"
        let summary = "<summary>\(name) \(commit.title.summaryEscaped)</summary>"
        let blocks = ["<details>\n\(summary)"] + FindMarkdown.culprit(commit, crossings, links) + ["</details>"]
        return blocks.joined(separator: "\n\n")
    }
}

extension String {
    /// The text in HTML that markdown holds, where nothing in it is a mention or a link to an issue either.
    fileprivate var summaryEscaped: String {
        let parts = split(separator: "#", omittingEmptySubsequences: false)
        return parts.map { String($0).htmlEscaped }.joined(separator: "&#35;").replacing("@", with: "&#64;")
    }
}
