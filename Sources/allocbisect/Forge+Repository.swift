import Git
import Reports

extension Forge {
    /// The forge that the remote `origin` of a repository is on; nil where there is none, or none that is known.
    init?(_ repository: borrowing Repository, from directory: String) {
        guard let remote = try? repository.remote("origin", from: directory) else { return nil }
        self.init(remote: remote.fetchURL)
    }
}
