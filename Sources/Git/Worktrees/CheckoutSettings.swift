/// What decides the files of a checkout besides the commit, as it goes to another machine.
public struct CheckoutSettings: Codable, Sendable, Hashable {
    /// A program that is set up to change files. It is never run, so that only what it is for goes along.
    struct Filter: Codable, Sendable, Hashable {
        var name: String
        var smudges, isRequired: Bool
    }

    /// What `core.autocrlf` and `core.eol` say; these are git's defaults.
    var autoCRLF = "off", eol = "lf"
    /// What `core.ignorecase` says of the file system.
    var ignoresCase = false
    var filters: [Filter] = []
    /// The attributes of the system and of the user, and those of the repository itself, as lines.
    var attributes = "", lastAttributes = ""

    /// Those of a repository without any.
    public init() {}

    init(
        autoCRLF: String, eol: String, ignoresCase: Bool, filters: [Filter], attributes: String, lastAttributes: String
    ) {
        (self.autoCRLF, self.eol, self.ignoresCase) = (autoCRLF, eol, ignoresCase)
        (self.filters, self.attributes, self.lastAttributes) = (filters, attributes, lastAttributes)
    }

    /// The lines of a repository's settings with all that holds, so that none of the machine's own does.
    ///
    /// - Parameter attributesFile: The path of the file for `attributes`.
    func configuration(attributesFile: String) -> String {
        var lines = [
            "[core]", "\trepositoryformatversion = 0", "\tbare = true", "\tautocrlf = \(autoCRLF)", "\teol = \(eol)",
            "\tignorecase = \(ignoresCase)", "\tattributesFile = \(CheckoutSettings.quoted(attributesFile))",
        ]
        for filter in filters {
            lines += [
                "[filter \(CheckoutSettings.quoted(filter.name))]", "\t\(filter.smudges ? "smudge" : "clean") = cat",
                "\trequired = \(filter.isRequired)",
            ]
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// A value or a section's name as git-config(1) has it.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }
}
