import AllocBisectCore
import Benchmarks
import Git

/// What a document says of two sides that are compared, and in which order: decided here once, so that text and markdown
/// differ in nothing but their marks.
struct CompareOutline {
    /// One part of it. A format switches over all of them.
    enum Section {
        case sides(before: ComparedCommits.Side, after: ComparedCommits.Side)
        case table(Table)
        /// What got worse, where there is more to say of it than the table does.
        case worse(FindOutline.Crossing)
        /// What got worse, and of which no more is to be said than that it is explained as another benchmark is.
        case alike([Alike])
        /// What could not be compared.
        case unknown([FindOutline.Alike])
        case notes([String])
        /// How many series came to each end: `of 12 series: 1 got worse, 11 are the same`.
        case closing(String, hasWorse: Bool)
    }

    /// The parts in order.
    let sections: [Section]

    /// The values of both sides.
    struct Table {
        /// What the sides are called.
        let before, after: String
        /// The rows by package: what got worse first.
        let packages: [(name: String, rows: [Row])]
    }

    /// Benchmarks that are explained as another one is.
    struct Alike {
        let other: String
        let names: Shown<String>
    }

    /// A series in the table.
    struct Row {
        let series: SeriesVerdict
        let before, after, change, judgement: String

        init(_ series: SeriesVerdict) {
            self.series = series
            let format = { (value: Double?) in value.map(series.metric.formatted) ?? "" }
            (before, after) = (format(series.before), format(series.after))
            change = series.judgement == .same ? "" : series.change
            judgement = series.isUnchanged ? "same, not measured" : series.judgement.rawValue
        }

        var cells: [String] { [series.metric.unit, before, after, change, judgement] }
    }

    /// The outline of what was compared.
    ///
    /// - Parameter everything: Whether what is the same is shown as well.
    init(_ compared: ComparedCommits, everything: Bool) {
        let verdict = compared.verdict
        var sections = [Section.sides(before: compared.before, after: compared.after)]
        let packages = CompareOutline.packages(
            verdict.series.filter { $0.judgement != .unknown && (everything || $0.judgement != .same) })
        if !packages.isEmpty {
            sections.append(
                .table(Table(before: compared.before.name, after: compared.after.name, packages: packages)))
        }
        let crossings = FindOutline.crossings(verdict.crossings.joined().map { $0 })
        sections += crossings.filter(\.hasMore).map(Section.worse)
        let alike = Dictionary(grouping: crossings.filter { !$0.hasMore && $0.likeness != nil }) { $0.likeness ?? "" }
        if !alike.isEmpty {
            sections.append(
                .alike(
                    alike.sorted { $0.key < $1.key }.map { other, all in
                        Alike(other: other, names: Shown(all.map(\.series.benchmark), atMost: 5))
                    }))
        }
        let unknown = FindOutline.Alike.groups(of: verdict.series.filter { $0.judgement == .unknown })
        if !unknown.isEmpty { sections.append(.unknown(unknown)) }
        let notes = (verdict.leftOutNote.map { [$0] } ?? []) + verdict.warnings
        if !notes.isEmpty { sections.append(.notes(notes)) }
        sections.append(.closing(CompareOutline.closing(verdict.series), hasWorse: !crossings.isEmpty))
        self.sections = sections
    }

    private static func packages(_ series: [SeriesVerdict]) -> [(name: String, rows: [Row])] {
        Dictionary(grouping: series, by: \.package).sorted { $0.key < $1.key }.map { name, all in
            // The sort is not stable, so that the metrics' order is spelt out.
            let order = all.enumerated().sorted {
                ($0.element.judgement.rank, $0.element.benchmark, $0.offset)
                    < ($1.element.judgement.rank, $1.element.benchmark, $1.offset)
            }
            return (name, order.map { Row($0.element) })
        }
    }

    private static func closing(_ series: [SeriesVerdict]) -> String {
        let counts = Dictionary(grouping: series, by: \.judgement).mapValues(\.count)
        let parts = SeriesVerdict.Judgement.allCases.compactMap { judgement in
            counts[judgement].map { judgement.sentence($0) }
        }
        let all = "of \(counted(series.count, "series", plural: "series"))"
        guard counts[.worse] == nil else { return "\(all): \(parts.joined(separator: ", "))" }
        return "\(all), none got worse" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }
}

extension FindOutline.Crossing {
    /// The benchmark as which it is explained; nil when it has an explanation of its own.
    fileprivate var likeness: String? {
        if case .same(let other) = extent { other } else { nil }
    }

    /// Whether there is more to say than the values, and than that it is explained as another benchmark is.
    fileprivate var hasMore: Bool {
        culprit.explanation != nil && likeness == nil || !culprit.confirmed || !series.warnings.isEmpty
    }
}

extension SeriesVerdict.Judgement {
    /// The order in which a table has them.
    fileprivate var rank: Int { SeriesVerdict.Judgement.allCases.firstIndex(of: self) ?? 0 }

    fileprivate func sentence(_ count: Int) -> String {
        let be = count == 1 ? "is" : "are"
        return switch self {
        case .worse: "\(count) got worse"
        case .better: "\(count) got better"
        case .within: "\(count) changed within \(count == 1 ? "its threshold" : "their thresholds")"
        case .same: "\(count) \(be) the same"
        case .new: "\(count) \(be) new"
        case .removed: "\(count) \(be) gone"
        case .unknown: "\(count) could not be compared"
        }
    }
}

extension SeriesVerdict {
    /// The values at both sides; of what got worse, those that were seen when it was measured again.
    var before: Double? { culprits.first?.before ?? good }
    var after: Double? { culprits.first?.after ?? bad }

    /// By how much it changed: `+2 (+66.7 %)`, or `+12.1 % (+11 % to +13.2 %)` where a clock tells; nothing where a side
    /// has no value.
    var change: String {
        guard let before, let after, before != after else { return "" }
        let fraction = before == 0 ? nil : percent((after - before) / before.magnitude)
        if let interval, let fraction {
            return "\(fraction) (\(percent(interval.lowerBound)) to "
                + "\(percent(interval.upperBound)))"
        }
        return metric.signed(after - before) + (fraction.map { " (\($0))" } ?? "")
    }
}

extension ComparedCommits.Side {
    /// What is known of it: `a9c3f04e12 Cache the table`, or `the work tree (3 files changed)`.
    func title(_ escaped: (String) -> String) -> String {
        guard let changed else { return "\(commit.id.short) \(escaped(commit.subject))" }
        return "\(name) (\(counted(changed.count, "file")) changed)"
    }
}
