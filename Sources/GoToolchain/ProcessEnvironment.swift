import CLinux

/// The allow-listed environment in which Go and the benchmarks of old commits run.
///
/// Old commits are other people's code, so nothing passes that is not needed: no tokens, no credentials.
public struct ProcessEnvironment: Sendable, Hashable {
    /// What test binaries get.
    public let variables: [String: String]
    /// What the go command gets that compiles: the same, and what names its tools.
    public let buildVariables: [String: String]
    /// What the go command gets that lists packages and fetches modules: all of that, and what it needs for it.
    public let goVariables: [String: String]
    /// The names of variables let through by `--env`, which become part of the recipe.
    public let extraNames: [String]

    /// Picks the allowed variables.
    ///
    /// - Parameters:
    ///   - all: The environment of this process.
    ///   - extra: Names to let through besides.
    public init(_ all: [String: String], extra: [String] = []) {
        let kept = all.filter { name, _ in
            ProcessEnvironment.names.contains(name) || extra.contains(name)
        }
        variables = kept
        buildVariables =
            all.filter { ProcessEnvironment.namesForBuilding.contains($0.key) }
            .merging(kept) { $1 }
            .merging(["GOTOOLCHAIN": "local"]) { $1 }
        goVariables =
            all.filter { ProcessEnvironment.namesForFetching.contains($0.key) }.merging(buildVariables) { $1 }
        extraNames = extra
    }

    /// Takes this process's own environment out of the sight of others, old code above all. It stays as it is for the
    /// process itself.
    ///
    /// To be called before there are threads.
    public static func hideOwn() { allocbisect_hide_environment() }

    /// The environment in which Go's files are where they are for the user, whatever HOME is.
    ///
    /// - Parameter settings: What `go env` says.
    init(_ other: ProcessEnvironment, settings: [String: String]) {
        let places = settings.filter {
            ["GOENV", "GOPATH", "GOMODCACHE", "GOCACHE"].contains($0.key) && $0.value != ""
        }
        variables = other.variables.merging(places) { $1 }
        buildVariables = other.buildVariables.merging(places) { $1 }
        goVariables = other.goVariables.merging(places) { $1 }
        extraNames = other.extraNames
    }

    private static let names: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LANG", "LC_ALL", "TZ", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
        "GOFLAGS", "GOPROXY", "GOCACHE", "GOMODCACHE", "GOEXPERIMENT", "GOPATH", "GOENV", "GOOS", "GOARCH", "GOAMD64",
        "GOARM", "GOARM64", "LD_LIBRARY_PATH", "CGO_ENABLED", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS",
        "CGO_FFLAGS", "CGO_LDFLAGS",
    ]

    private static let namesForBuilding: Set<String> = [
        "GOSUMDB", "GONOSUMDB", "GOROOT", "CC", "CXX", "AR", "FC", "PKG_CONFIG", "PKG_CONFIG_PATH", "CGO_CFLAGS_ALLOW",
        "CGO_CFLAGS_DISALLOW", "CGO_CPPFLAGS_ALLOW", "CGO_CPPFLAGS_DISALLOW", "CGO_CXXFLAGS_ALLOW",
        "CGO_CXXFLAGS_DISALLOW", "CGO_FFLAGS_ALLOW", "CGO_FFLAGS_DISALLOW", "CGO_LDFLAGS_ALLOW",
        "CGO_LDFLAGS_DISALLOW",
    ]

    private static let namesForFetching: Set<String> = [
        "GOPRIVATE", "GONOPROXY", "GOINSECURE", "GOVCS", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY",
        "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSH_AUTH_SOCK",
    ]
}
