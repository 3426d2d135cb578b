import CGit2

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Repository {
    /// What decides the files of a checkout besides the commit, as the settings of the user and the repository have it.
    ///
    /// - Throws: `GitError` with the code `library` if the settings cannot be read.
    public func checkoutRules() throws(GitError) -> CheckoutRules {
        let storage = try setting("lfs.storage") ?? "lfs"
        var rules = CheckoutRules(
            substitutes: substitutes,
            largeFiles: (storage.hasPrefix("/") ? "" : commonDirectory + "/") + storage + "/objects")
        if let text = try setting("core.autocrlf") {
            rules.autoCRLF = text.lowercased() == "input" ? .input : Repository.isTrue(text) ? .on : .off
        }
        rules.eolIsCRLF = try setting("core.eol")?.lowercased() == "crlf"
        rules.ignoresCase = try setting("core.ignorecase").map(Repository.isTrue) ?? false
        rules.filters = try filters()
        rules.attributes = try attributeTexts().map { AttributeFile($0, allowsMacros: true) }
        rules.lastAttributes = lastAttributeText.map { AttributeFile($0, allowsMacros: true) }
        return rules
    }

    /// The same for a mirror on another machine, which has it instead of that machine's own.
    ///
    /// - Throws: `GitError` with the code `library` if the settings cannot be read.
    public func checkoutSettings() throws(GitError) -> CheckoutSettings {
        let rules = try checkoutRules()
        return CheckoutSettings(
            autoCRLF: rules.autoCRLF.rawValue, eol: rules.eolIsCRLF ? "crlf" : "lf", ignoresCase: rules.ignoresCase,
            filters: rules.filters.filter(\.runsAtAll).sorted { $0.name < $1.name }.map {
                .init(name: $0.name, smudges: $0.smudges, isRequired: $0.isRequired)
            },
            attributes: try attributeTexts().map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n"),
            lastAttributes: lastAttributeText.map { String(decoding: $0, as: UTF8.self) } ?? "")
    }

    /// What stands in the files with the attributes of the system and of the user.
    private func attributeTexts() throws(GitError) -> [[UInt8]] {
        var files = getenv("GIT_ATTR_NOSYSTEM") == nil ? ["/etc/gitattributes"] : []
        if let own = try attributesFile() { files.append(own) }
        return files.compactMap(FileSystem.read)
    }

    /// What stands in the file with the repository's own attributes.
    private var lastAttributeText: [UInt8]? { FileSystem.read(commonDirectory + "/info/attributes") }

    /// The file with the user's attributes.
    private func attributesFile() throws(GitError) -> String? {
        if let path = try path(setting: "core.attributesFile") { return path }
        if let home = getenv("XDG_CONFIG_HOME"), home.pointee != 0 { return String(cString: home) + "/git/attributes" }
        return getenv("HOME").map { String(cString: $0) + "/.config/git/attributes" }
    }

    /// The programs that are set up to change files.
    private func filters() throws(GitError) -> Set<CheckoutRules.Filter> {
        let operation = "reading the settings of filters"
        let settings = try settings(operation)
        var values: [String: [String: String]] = [:]
        let iterator = try Handle(git_config_iterator_free, operation) {
            git_config_iterator_glob_new($0, settings.pointer, "^filter\\.")
        }
        var entry: UnsafeMutablePointer<git_config_entry>?
        while git_config_next(&entry, iterator.pointer) == 0, let entry {
            let name = String(cString: entry.pointee.name)
            guard let dot = name.lastIndex(of: "."), let first = name.firstIndex(of: "."), first < dot else { continue }
            // A name without a value stands for “true”.
            values[String(name[name.index(after: first)..<dot]), default: [:]][String(name[dot...])] =
                entry.pointee.value.map { String(cString: $0) } ?? "true"
        }
        git_error_clear()
        return Set(
            values.map { name, values in
                let smudges = [".smudge", ".process"].contains { values[$0]?.isEmpty == false }
                return CheckoutRules.Filter(
                    name: name, smudges: smudges, runsAtAll: smudges || values[".clean"]?.isEmpty == false,
                    isRequired: values[".required"].map(Repository.isTrue) ?? false)
            })
    }

    /// Whether a setting's text stands for true.
    static func isTrue(_ text: String) -> Bool {
        var value: Int32 = 0
        return git_config_parse_bool(&value, text) == 0 && value != 0
    }
}
