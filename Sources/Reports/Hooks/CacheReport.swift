public import Exchange

/// What is in a results cache and what was done to it, for people and as JSON.
public struct CacheReport {
    /// What the cache holds, as text.
    public static func text(of statistics: ResultsCache.Statistics, path: String, size: Int) -> String {
        var lines = [
            "\(path.terminalSafe): \(size.bytes)",
            "\(counted(statistics.measurements, "measurement")) (\(counted(statistics.failures, "failure")), "
                + "\(statistics.imported) imported) of \(counted(statistics.commits, "commit")); "
                + counted(statistics.values, "value"),
        ]
        if let oldest = statistics.oldest, let newest = statistics.newest {
            lines.append("from \(oldest.terminalSafe) to \(newest.terminalSafe)")
        }
        for recipe in statistics.recipes {
            let fields = recipe.text.split(separator: "\n").joined(separator: ", ")
            let origin = recipe.machine.map { "  (from \($0.terminalSafe))" } ?? ""
            lines.append("    \(recipe.measurements)  \(fields.terminalSafe)\(origin)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What is wrong with the cache, as text.
    public static func text(ofProblems problems: [String], path: String) -> String {
        if problems.isEmpty { return "\(path.terminalSafe): sound\n" }
        let remedy =
            "next: allocbisect cache export what-is-left.txt, then move \(path.terminalSafe) away and measure again"
        let heading = "\(path.terminalSafe): \(counted(problems.count, "problem"))"
        return ([heading] + problems.map { "    " + $0.terminalSafe } + [remedy]).joined(separator: "\n") + "\n"
    }

    /// What was removed, as text.
    public static func text(of pruning: ResultsCache.Pruning, isRehearsal: Bool) -> String {
        var lines = pruning.gone.map {
            "\($0.commit.terminalSafe): the commit is gone, \(counted($0.measurements, "measurement"))"
        }
        if let old = pruning.old {
            lines.append(counted(old, "measurement is too old", plural: "measurements are too old"))
        }
        if pruning.senseless > 0 {
            lines.append(counted(pruning.senseless, "measurement makes no sense", plural: "measurements make no sense"))
        }
        lines.append(
            isRehearsal
                ? "nothing was removed: this was a dry run"
                : "removed \(counted(pruning.removed, "measurement")), \(counted(pruning.left, "is", plural: "are")) left; "
                    + "\(pruning.bytes.bytes) freed"
        )
        return lines.joined(separator: "\n") + "\n"
    }

    /// How much was forgotten, as text.
    public static func text(ofForgotten count: Int) -> String { "forgot \(counted(count, "measurement"))\n" }

    /// How much was forgotten, as one JSON document.
    public static func json(ofForgotten count: Int) throws -> String {
        try JSONDocument.text(of: Forgotten(forgotten: count))
    }

    /// What was imported, as text.
    public static func text(of imported: ResultsCache.Imported) -> String {
        let origins = imported.machines.sorted().map(\.terminalSafe).joined(separator: ", ")
        let passing =
            imported.passing > 0
            ? "; \(imported.passing) \(imported.passing == 1 ? "says" : "say") nothing about a commit" : ""
        let added = "\(counted(imported.added, "measurement")) added\(origins.isEmpty ? "" : " from " + origins)"
        return "\(added), \(imported.known) known already\(passing)\n"
    }

    /// A cache's path, and its numbers if they are wanted, as one JSON document.
    public static func json(
        path: String, size: Int?, statistics: ResultsCache.Statistics? = nil, problems: [String]? = nil
    ) throws -> String {
        try JSONDocument.text(
            of: Document(
                path: path, bytes: size, measurements: statistics?.measurements, failures: statistics?.failures,
                imported: statistics?.imported, commits: statistics?.commits, values: statistics?.values,
                oldest: statistics?.oldest, newest: statistics?.newest,
                recipes: statistics?.recipes.map {
                    Recipe(recipe: $0.text, machine: $0.machine, measurements: $0.measurements)
                }, problems: problems))
    }

    /// What was removed, as one JSON document.
    public static func json(of pruning: ResultsCache.Pruning) throws -> String {
        try JSONDocument.text(
            of: Pruned(
                goneCommits: pruning.gone.map(\.commit), old: pruning.old, senseless: pruning.senseless,
                removed: pruning.removed, left: pruning.left,
                freedBytes: pruning.bytes))
    }

    /// What was imported, as one JSON document.
    public static func json(of imported: ResultsCache.Imported) throws -> String {
        try JSONDocument.text(
            of: Added(
                added: imported.added, known: imported.known, passing: imported.passing,
                machines: imported.machines.sorted(),
                warnings: imported.problems))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "cache"
        let path: String
        let bytes, measurements, failures, imported, commits, values: Int?
        let oldest, newest: String?
        let recipes: [Recipe]?
        let problems: [String]?
    }

    private struct Recipe: Encodable {
        let recipe: String
        let machine: String?
        let measurements: Int
    }

    private struct Pruned: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "cache"
        let goneCommits: [String]
        let old: Int?
        let senseless, removed, left, freedBytes: Int
    }

    private struct Forgotten: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "cache"
        let forgotten: Int
    }

    private struct Added: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "cache"
        let added, known, passing: Int
        let machines, warnings: [String]
    }
}

extension Int {
    /// A number of bytes for people.
    fileprivate var bytes: String {
        self < 1024 ? "\(self) B" : self < 1 << 20 ? "\(self >> 10) KiB" : "\(self >> 20) MiB"
    }
}
