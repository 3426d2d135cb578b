public import AllocBisectCore
import Benchmarks
import Git

/// A verdict as markdown, for a pull request or an issue.
public struct FindMarkdown {
    /// Writes the whole document, in the order of `FindOutline`.
    ///
    /// - Parameter command: The search as the user would write it, for the command that is suggested where nothing
    ///   crossed; nil for no suggestion.
    public static func text(of verdict: Verdict, command: String? = nil) -> String {
        FindOutline(verdict).sections.flatMap { blocks(of: $0, command) }.joined(separator: "\n\n") + "\n"
    }

    /// The blocks of a part.
    ///
    /// - Parameter links: To commits, where the document is read elsewhere; nil on this machine.
    static func blocks(
        of section: FindOutline.Section, _ command: String? = nil, _ links: CommitLinks? = nil
    ) -> [String] {
        switch section {
        case .summary(let verdict):
            [
                "`\(verdict.ends)`: \(verdict.effort). \(verdict.counts)."
            ] + (verdict.leftOutNote.map { ["Note: \($0.markdownEscaped)"] } ?? [])
        case .culprit(let commit, let crossings):
            CommitHeading(commit, role: FindOutline.isStepBack(crossings) ? "step back" : nil).blocks
                + effects(crossings)
        case .suspects(let count, let suspects, let series):
            [
                "One of \(count) commits, which cannot be measured apart:",
                list(
                    suspects.map { suspect in
                        switch suspect {
                        case .commit(let commit): line(of: commit, links)
                        case .more(let count): "… and \(count) more"
                        }
                    }),
            ] + series.map(line)
        case .likely(let series, let shown):
            [
                "One of these, by probability:",
                list(shown.texts { "\($0.share) \(line(of: $0.commit, links))" }), line(of: series),
            ]
        case .growth(let series):
            [
                "How it got there:",
                list(
                    series.map {
                        "\($0.package.markdownCode) \($0.benchmark.markdownCode): \($0.steps(\.markdownEscaped))"
                    }),
            ]
        case .noCulprit: ["No culprit was found."]
        case .others(let alike):
            [
                list(
                    alike.map {
                        "\($0.series.outcome.rawValue): \(line(of: $0.series))"
                            + ($0.note(\.markdownCode).map { "; \($0)" } ?? "")
                    })
            ]
        case .oneSided(let oneSided): [oneSided.sentence(\.markdownCode) + "."]
        case .skipped(let shown):
            [
                "Skipped:",
                list(
                    shown.texts {
                        "\(links?.commit($0.commit) ?? "`\($0.commit.short)`") \($0.reason.markdownLines)"
                    }),
            ]
        case .notes(let notes): notes.map { "Note: \($0.markdownEscaped)" }
        case .next(let next):
            switch next.words(after: command) {
            case (let text, let command?): ["\(text.capitalizedFirst) \(command.markdownCode)"]
            case (let text, nil): ["\(text.capitalizedFirst)."]
            }
        case .closing(let shown):
            [
                shown.elements.count == 1 ? "The culprit:" : "The culprits, by what they cost:",
                list(shown.texts(line)),
            ]
        }
    }

    /// What a culprit did, below its heading.
    ///
    /// - Parameter links: To the commit's lines, where the document is read elsewhere; nil on this machine.
    static func effects(_ crossings: [FindOutline.Crossing], _ links: CommitLinks? = nil) -> [String] {
        let notes = crossings.flatMap { $0.series.warnings.map { "Note: \($0.markdownEscaped)" } }
        return [table(crossings)] + crossings.compactMap(certainty) + notes
            + crossings.flatMap { $0.explanationBlocks(links) }
    }

    private static func line(of commit: Commit, _ links: CommitLinks?) -> String {
        let day = commit.isSnapshot ? "" : "\(commit.author.day) "
        return "\(name(of: commit, links)) \(day)\(commit.title.markdownEscaped)"
    }

    private static func name(of commit: Commit, _ links: CommitLinks? = nil) -> String {
        commit.isSnapshot ? commit.name : links?.commit(commit.id) ?? "`\(commit.name)`"
    }

    private static func certainty(of crossing: FindOutline.Crossing) -> String? {
        crossing.series.certainty.map {
            "\(crossing.series.benchmark.markdownCode) \(crossing.series.metric.unit.markdownEscaped): \($0)"
        }
    }

    private static func line(of series: SeriesVerdict) -> String {
        let values = [series.good, series.bad].map { $0.map(series.metric.formatted) ?? "none" }
        return "\(series.package.markdownCode) \(series.benchmark.markdownCode): \(values[0]) → \(values[1]) "
            + series.metric.unit.markdownEscaped + (series.boundText.map { ", \($0.markdownEscaped)" } ?? "")
            + series.warnings.map { "; \($0.markdownEscaped)" }.joined()
    }

    private static func line(of closing: FindOutline.Closing) -> String {
        let (series, culprit) = (closing.series, closing.culprit)
        return
            "\(name(of: closing.commit)) \(closing.commit.title.markdownEscaped): \(series.benchmark.markdownCode) "
            + "\(culprit.change(of: series)) \(series.metric.unit.markdownEscaped)"
            + closing.remarks
    }

    private static func list(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }

    private static func table(_ crossings: [FindOutline.Crossing]) -> String {
        let rows = crossings.map { crossing in
            let (series, culprit) = (crossing.series, crossing.culprit)
            let values = [culprit.before, culprit.after].map { $0.map(series.metric.formatted) ?? "none" }
            let share = culprit.share.map { "\($0, .percent)" } ?? ""
            return
                "| \(series.package.markdownCodeCell) | \(series.benchmark.markdownCodeCell) | \(series.metric.unit.markdownEscaped) "
                + "| \(values[0]) | \(values[1]) | \(share) | \((series.boundText ?? "").markdownEscaped) "
                + "| \(culprit.confirmed ? "yes" : "no") |"
        }
        return
            ([
                "| package | benchmark | metric | before | after | share | bound | confirmed |",
                "| --- | --- | --- | ---: | ---: | ---: | --- | --- |",
            ]
            + rows).joined(separator: "\n")
    }
}

extension FindOutline.Crossing {
    /// The blocks of its explanation, as far as they are shown.
    ///
    /// - Parameter links: What commits and lines are linked with; nil for no links.
    func explanationBlocks(_ links: CommitLinks? = nil) -> [String] {
        guard let explanation = culprit.explanation else { return [] }
        let text = ExplanationMarkdown(
            explanation: explanation, benchmark: series.benchmark, metric: series.metric, links: links)
        return switch extent {
        case .whole: text.blocks
        case .brief: text.briefBlocks
        case .same(let other):
            ["\(series.benchmark.markdownCode) is explained as \(other.markdownCode) is, above."]
        }
    }
}
