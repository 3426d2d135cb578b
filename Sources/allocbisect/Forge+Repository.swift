import AllocBisectCore
import Git
import Reports

extension Forge {
    /// The forge that the remote `origin` of the repository around a folder leads to; nil when none is known.
    init?(around directory: String) {
        let url = try? Repository(discovering: directory).url(ofRemote: "origin")
        guard let url, let forge = Forge(remote: url) else { return nil }
        self = forge
    }

    /// What runs checks there; nil when that is not known.
    var runner: CheckFile.Runner? {
        switch kind {
        case .gitHub: .gitHub
        case .gitLab: .gitLab
        case .bitbucket, .gitea, .sourcehut: nil
        }
    }
}
