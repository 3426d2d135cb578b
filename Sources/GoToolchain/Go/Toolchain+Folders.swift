import Benchmarks

extension Toolchain {
    /// A text without the folders of this machine, which say nothing to anybody elsewhere: what is in a tree is named from
    /// its root, and what is in Go's own folders by their settings: `$GOROOT/src/slices`.
    ///
    /// - Parameter root: The checked-out tree.
    func portable(_ text: String, in root: String) -> String {
        ["GOROOT", "GOMODCACHE"].reduce(text.replacing(root + "/", with: "")) { text, name in
            guard let folder = settings[name], folder.split(separator: "/").count > 1 else { return text }
            return text.replacing(folder + "/", with: "$\(name)/")
        }
    }

    /// The same for a failure.
    func portable(_ failure: Failure?, in root: String) -> Failure? {
        failure.map { Failure($0.reason, portable($0.message, in: root), limit: $0.limit) }
    }
}
