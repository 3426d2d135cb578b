public import Foundation
import Git

/// Where a report comes from, as its page tells it: the repository, and how and when the page was made. Paths of the
/// machine are not part of it.
public struct ReportOrigin: Sendable {
    /// What the repository is called: its page on its forge, or else its folder's name.
    let repository: String
    /// The forge that hosts it; nil where that is not known.
    let forge: Forge?
    /// The command that made the page.
    let command: String
    /// When the page was made.
    let date: Date
    /// The folders of the repository, which the page does not tell.
    private let folders: [String]

    /// The origin of a report.
    ///
    /// - Parameters:
    ///   - folders: The work tree, and the common git directory.
    ///   - command: The command without paths, as a shell takes it.
    public init(folders: [String], forge: Forge?, command: String, date: Date) {
        // A folder right below the root could be any word.
        self.folders = folders.filter { $0.split(separator: "/").count > 1 }
        self.forge = forge
        (self.command, self.date) = (command, date)
        repository = forge?.name ?? folders.first.map { URL(filePath: $0).lastPathComponent } ?? ""
    }

    /// Takes the repository's folders out of a part of a page, where something failed there.
    func withoutFolders(_ html: String) -> String {
        folders.reduce(html) { $0.replacing($1.htmlEscaped, with: "…") }
    }

    /// The hash of a commit as code, which leads to its page on the forge.
    func link(_ commit: ObjectID) -> String { link(commit, as: "<code>\(commit.short)</code>") }

    /// Some HTML that leads to a commit's page on the forge.
    func link(_ commit: ObjectID, as html: String) -> String { link(html, to: forge?.url(of: commit)) }

    /// A place in the code of a commit, which leads to that line on the forge.
    ///
    /// - Parameter commit: Nil where the line is not the commit's.
    func link(_ file: String, _ line: Int, at commit: ObjectID?) -> String {
        let isInside = line > 0 && !file.hasPrefix("/")
        return link(
            "<code>\(file.htmlEscaped):\(line)</code>",
            to: isInside ? commit.flatMap { forge?.url(ofLine: line, in: file, at: $0) } : nil)
    }

    private func link(_ html: String, to url: String?) -> String {
        url.map { "<a href=\"\($0.htmlEscaped)\">\(html)</a>" } ?? html
    }
}
