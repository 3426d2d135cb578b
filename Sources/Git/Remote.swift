/// Where other clones put what they share: a remote by name, or a path or URL.
public struct Remote: Sendable, Hashable {
    /// What the user named, such as `origin`.
    public let name: String
    /// Where it is fetched from and pushed to.
    public let fetchURL, pushURL: String

    /// The folder behind a URL; nil when it lies on another machine.
    static func folder(_ url: String) -> String? {
        if url.hasPrefix("file://") {
            let path = url.dropFirst("file://".count)
            return path.hasPrefix("/") ? String(path) : path.firstIndex(of: "/").map { String(path[$0...]) }
        }
        return url.hasPrefix("/") ? url : nil
    }
}
