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

    /// Writes the whole document, in which long tables are cut or folded.
    ///
    /// - Parameter forge: Where the repository's pages are, for links to them; nil for none.
    public static func text(of check: Check, forge: Forge?) -> String {
        CheckOutline(check).sections.flatMap(CheckMarkdown(check, forge).blocks).joined(separator: "\n\n") + "\n"
    }

    /// Writes the document of a check that could not be done, to replace an older one that passed.
    ///
    /// - Parameter reason: Why, in sentences.
    public static func text(ofNone reason: String) -> String {
        let lines = reason.split(separator: "\n").map { String($0).markdownEscaped }
        return "### allocbisect check: could not be done\n\n\(lines.joined(separator: "  \n"))\n"
    }

    private init(_ check: Check, _ forge: Forge?) {
        self.check = check
        links = CommitLinks(forge: forge, commit: check.head)
        lineLinks = CommitLinks(forge: check.isOfWorkTree ? nil : forge, commit: check.head)
        culprits = check.culprits.mapValues { $0.map(\.commit) }
    }

    private func blocks(of section: CheckOutline.Section) -> [String] {
        switch section {
        case .summary(let check):
            [
                "### allocbisect check: \(check.hasPassed ? "passed" : "failed")",
                "\(links.commit(check.base))..\(check.isOfWorkTree ? "work tree" : links.commit(check.head)): "
                    + "\(counted(check.series.count, "series", plural: "series")): \(check.counts)",
            ]
        case .states(let states): table(of: states.flatMap(\.benchmarks))
        case .notes(let notes): notes.map { "Note: \($0.markdownEscaped)" }
        // The heading has it, where it is seen first.
        case .result: []
        case .search(let verdict): search(verdict)
        }
    }

    private func table(of benchmarks: [CheckedBenchmark]) -> [String] {
        let shown = Shown(benchmarks.flatMap(\.reported), atMost: CheckMarkdown.rows)
        return [table(shown.elements)] + (shown.more > 0 ? ["… and \(shown.more) more series"] : [])
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
        var (folded, others): ([String], [String]) = ([], [])
        for section in FindOutline(verdict).sections {
            switch section {
            case .culprit(let commit, let crossings): folded.append(fold(commit, crossings))
            case .summary, .next, .closing: break
            case .suspects, .likely, .growth, .noCulprit, .others, .oneSided, .skipped, .notes:
                others += FindMarkdown.blocks(of: section, nil, links)
            }
        }
        let shown = Shown(folded, atMost: CheckMarkdown.unfolded)
        return shown.elements + (shown.rest("commit").map { [$0] } ?? []) + others
    }

    private func fold(_ commit: Commit, _ crossings: [FindOutline.Crossing]) -> String {
        let links = CommitLinks(forge: commit.isSnapshot ? nil : links.forge, commit: commit.id)
        let name = commit.isSnapshot ? commit.name : "<code>\(commit.name)</code>"
        let summary = "<summary>\(name) \(commit.title.summaryEscaped)</summary>"
        let blocks =
            ["<details>\n\(summary)"] + CommitHeading.origin(of: commit, links) + FindMarkdown.effects(crossings, links)
            + ["</details>"]
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
