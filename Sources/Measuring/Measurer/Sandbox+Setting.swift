package import Git
import GoToolchain

extension Sandbox.Choice {
    /// What the setting `allocbisect.sandbox` of a repository says; nil when it is not set.
    ///
    /// - Throws: `CoreError` when it says something else; `GitError` when settings cannot be read.
    package init?(setOf repository: borrowing Repository) throws {
        guard let text = try repository.setting("allocbisect.sandbox") else { return nil }
        guard let choice = Sandbox.Choice(rawValue: text) else {
            let names = Sandbox.Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw CoreError(.usage, "git config allocbisect.sandbox is '\(text)'; expected one of: \(names).")
        }
        self = choice
    }
}
