import Foundation
import Git

extension Commit {
    /// What it is called: `the work tree`, or the id in short.
    var name: String { isSnapshot ? "the work tree" : id.short }

    /// The subject of its message, or that it has none.
    var title: String { isSnapshot ? "(not committed)" : subject }
}

/// What heads all that a document says of one commit. It alone has the whole hash, for people to copy; everywhere else a
/// commit is mentioned to people, it is by `ObjectID.short`.
struct CommitHeading {
    let commit: Commit
    /// What the commit is, in a word or two; nil where that goes without saying.
    let role: String?

    init(_ commit: Commit, role: String? = nil) { (self.commit, self.role) = (commit, role) }

    /// The lines for a terminal.
    func lines(_ style: TextStyle) -> [String] {
        if commit.isSnapshot { return [style.bold("\(role.map { $0 + ": " } ?? "")\(commit.name) \(commit.title)")] }
        return [
            style.bold("\(role.map { $0 + " " } ?? "")\(commit.id)"), "    \(commit.subject.terminalSafe)",
            "    \(commit.author.name.terminalSafe), \(commit.author.day)",
        ]
    }

    /// The blocks of markdown: the heading with the first digits, and then who made the commit, with its whole hash.
    var blocks: [String] {
        let lead = role.map { $0.capitalizedFirst + " " } ?? ""
        return ["### \(lead)\(commit.name)\(commit.isSnapshot ? "" : ":") \(commit.title.markdownEscaped)"]
            + CommitHeading.origin(of: commit, nil)
    }

    /// Who made a commit and when, with its whole hash, as a block of markdown; none for a work tree.
    ///
    /// - Parameter links: What the hash is linked with; nil for no link.
    static func origin(of commit: Commit, _ links: CommitLinks?) -> [String] {
        guard !commit.isSnapshot else { return [] }
        let id = "`\(commit.id)`"
        let author = "\(commit.author.name.markdownEscaped), \(commit.author.day)"
        return ["\(author), \(links?.commit(commit.id, as: id) ?? id)"]
    }

    /// The same as HTML, with the first digits linked.
    func html(_ origin: ReportOrigin) -> String {
        let lead = role.map { $0.capitalizedFirst + " " } ?? ""
        return "<h3>\(lead)\(origin.link(commit.id)) \(commit.subject.htmlEscaped)</h3>\n"
            + "<p>\(commit.author.name.htmlEscaped), \(commit.author.day), <code>\(commit.id)</code>\n"
    }
}

extension String {
    /// What the commit is mentioned by whose hash this is; any other text as it is.
    var shortHash: String { ObjectID(self)?.short ?? self }
}

extension Signature {
    /// The moment in the author's own time zone, as ISO 8601 writes it: `2026-03-02T15:04:05+01:00`.
    var isoDate: String {
        let zone = TimeZone(secondsFromGMT: offsetMinutes * 60) ?? .gmt
        let style = Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone)
        return Date(timeIntervalSince1970: TimeInterval(time)).formatted(style)
    }

    /// The day in the author's own time zone: `2026-03-02`.
    var day: String { String(isoDate.prefix(10)) }
}
