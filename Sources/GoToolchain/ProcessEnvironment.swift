/// The allow-listed environment in which Go and the benchmarks of old commits run.
///
/// Old commits are other people's code, so nothing passes that is not needed: no tokens, no credentials.
public struct ProcessEnvironment: Sendable, Hashable {
    /// What test binaries get.
    public let variables: [String: String]
    /// What the go command gets: the same, and what it needs to fetch modules.
    public let goVariables: [String: String]
    /// What a go command gets that may be a version manager's script: the same, and what tells the manager its folders.
    let managerVariables: [String: String]
    /// The names of variables let through by `--env`, which become part of the recipe.
    public let extraNames: [String]

    /// Picks the allowed variables.
    ///
    /// - Parameters:
    ///   - all: The environment of this process.
    ///   - extra: Names to let through besides.
    public init(_ all: [String: String], extra: [String] = []) {
        let kept = all.filter { name, _ in
            ProcessEnvironment.names.contains(name) || name.hasPrefix("CGO_") || extra.contains(name)
        }
        variables = kept
        goVariables =
            all.filter { ProcessEnvironment.namesForGo.contains($0.key) }
            .merging(kept) { $1 }
            .merging(["GOTOOLCHAIN": "local"]) { $1 }
        managerVariables =
            all.filter { name, _ in
                ProcessEnvironment.managers.contains { name.hasPrefix($0) && !name.hasSuffix("TOKEN") }
            }
            .merging(goVariables) { $1 }
        extraNames = extra
    }

    /// What the names of version managers' variables begin with.
    private static let managers = ["ASDF_", "GOENV_", "MISE_", "RTX_", "GVM_"]

    private static let names: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LANG", "LC_ALL", "TZ", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
        "GOFLAGS", "GOPROXY", "GOCACHE", "GOMODCACHE", "GOEXPERIMENT", "GOPATH", "GOENV", "GOOS", "GOARCH", "GOAMD64",
        "GOARM", "GOARM64", "LD_LIBRARY_PATH",
    ]

    private static let namesForGo: Set<String> = [
        "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOSUMDB", "GOINSECURE", "GOVCS", "CC", "CXX", "AR", "FC",
        "PKG_CONFIG", "PKG_CONFIG_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
        "http_proxy", "https_proxy", "no_proxy", "SSH_AUTH_SOCK",
    ]
}
