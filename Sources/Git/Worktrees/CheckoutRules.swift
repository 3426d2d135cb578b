/// All that decides what a checkout writes, besides the commit: settings, attributes outside of the commit, and what
/// replaces objects.
public struct CheckoutRules: Sendable, Hashable {
    /// Whether line ends are converted on checkout and on commit, as `core.autocrlf` says.
    enum AutoCRLF: String, Sendable { case off, on, input }

    /// A program that `filter.NAME` sets up.
    struct Filter: Sendable, Hashable {
        let name: String
        /// Whether it changes files on checkout.
        let smudges: Bool
        /// Whether there is anything that it does.
        let runsAtAll: Bool
        /// Whether git refuses files that it does not change.
        let isRequired: Bool
    }

    var autoCRLF = AutoCRLF.off
    /// Whether `core.eol` asks for carriage returns.
    var eolIsCRLF = false
    var ignoresCase = false
    var filters: Set<Filter> = []
    /// The attributes of the system and of the user, which count less than those of a commit.
    var attributes: [AttributeFile] = []
    /// Those of the repository, which count more.
    var lastAttributes: AttributeFile?
    var substitutes: Substitutes
    /// Where Git LFS keeps contents.
    var largeFiles: String

    init(substitutes: Substitutes, largeFiles: String) {
        self.substitutes = substitutes
        self.largeFiles = largeFiles
    }

    /// Whether files that are text have carriage returns, unless something else is set for them.
    var textIsCRLF: Bool { autoCRLF == .on || autoCRLF == .off && eolIsCRLF }

    /// What of this makes a checkout other than git's defaults do; the same text for what writes the same files, and empty
    /// for the defaults.
    ///
    /// Git LFS is not in it: its files get their contents from where those are, whether its program is installed or
    /// not.
    public var text: String {
        var lines: [String] = []
        if autoCRLF == .on { lines.append("core.autocrlf on") } else if textIsCRLF { lines.append("core.eol crlf") }
        if ignoresCase { lines.append("core.ignorecase") }
        lines += filters.filter { $0.runsAtAll && $0.name != "lfs" }.map {
            "filter \($0.name) \($0.smudges ? "smudge" : "") \($0.isRequired ? "required" : "")"
        }.sorted()
        func add(_ files: [AttributeFile], _ kind: String) {
            lines += files.flatMap(\.rules).filter(\.concernsContent).map { "\(kind) \($0)" }
        }
        add(attributes, "attributes")
        add([lastAttributes].compactMap { $0 }, "last attributes")
        if !substitutes.isEmpty { lines.append(substitutes.text) }
        return lines.joined(separator: "\n")
    }
}

extension AttributeFile.Rule {
    /// Whether it may change what a checkout writes. Any other attribute could be a macro.
    fileprivate var concernsContent: Bool {
        settings.contains { !AttributeFile.harmless.contains($0.name) && !$0.name.hasPrefix("linguist-") }
    }
}

extension AttributeFile {
    /// Attributes of git's that have nothing to do with checkouts.
    fileprivate static let harmless: Set = [
        "diff", "merge", "whitespace", "export-ignore", "export-subst", "delta", "encoding", "conflict-marker-size",
    ]
}
