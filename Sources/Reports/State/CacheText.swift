public import Exchange

/// What is in a results cache and what was done to it, for people.
public struct CacheText {
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
            "\($0.commit.shortHash.terminalSafe): the commit is gone, \(counted($0.measurements, "measurement"))"
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

    /// What was imported, as text.
    public static func text(of imported: ResultsCache.Imported) -> String {
        let origins = imported.machines.sorted().map(\.terminalSafe).joined(separator: ", ")
        let passing =
            imported.passing > 0
            ? "; \(imported.passing) \(imported.passing == 1 ? "says" : "say") nothing about a commit" : ""
        let added = "\(counted(imported.added, "measurement")) added\(origins.isEmpty ? "" : " from " + origins)"
        return "\(added), \(imported.known) known already\(passing)\n"
    }
}

extension Int {
    /// A number of bytes for people.
    fileprivate var bytes: String {
        self < 1024 ? "\(self) B" : self < 1 << 20 ? "\(self >> 10) KiB" : "\(self >> 20) MiB"
    }
}
