import CLinux

/// The allow-listed environment in which Go and the benchmarks of old commits run.
///
/// Old commits are other people's code, so nothing passes that is not needed: no tokens, no credentials.
public struct ProcessEnvironment: Sendable, Hashable {
    /// What test binaries get.
    public let variables: [String: String]
    /// What test binaries get in a box: nothing that tells one user or place from another, so that no number depends on
    /// who measures.
    let boxedVariables: [String: String]
    /// What the go command gets that compiles in a box: the same, and what names its tools.
    let buildVariables: [String: String]
    /// What the go command gets otherwise: what test binaries get, what names its tools, and what it needs to fetch
    /// modules.
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
        let kept = all.filter { ProcessEnvironment.names.contains($0.key) || extra.contains($0.key) }
        boxedVariables = kept.filter { !ProcessEnvironment.surroundings.contains($0.key) || extra.contains($0.key) }
        variables = kept
        buildVariables =
            all.filter { ProcessEnvironment.namesForBuilding.contains($0.key) }
            .merging(kept) { $1 }
            .merging(["GOTOOLCHAIN": "local"]) { $1 }
        goVariables =
            all.filter { ProcessEnvironment.namesForFetching.contains($0.key) }
            .merging(variables) { $1 }
            .merging(buildVariables) { $1 }
        managerVariables =
            all.filter { name, _ in
                ProcessEnvironment.managers.contains { name.hasPrefix($0) && !name.hasSuffix("TOKEN") }
            }
            .merging(goVariables) { $1 }
        extraNames = extra
    }

    /// Takes this process's own environment out of the sight of others, old code above all. It stays as it is for the
    /// process itself.
    ///
    /// To be called before there are threads.
    public static func hideOwn() { allocbisect_hide_environment() }

    /// What this process was started with.
    ///
    /// Swift looks for it before the environment in memory, and finds nothing where a preloaded library has moved that.
    public static var ownArguments: [String] {
        guard CommandLine.arguments.isEmpty else { return CommandLine.arguments }
        return ProcessFile.content(getpid(), "cmdline").split(separator: 0, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// What the names of version managers' variables begin with.
    private static let managers = ["ASDF_", "GOENV_", "MISE_", "RTX_", "GVM_"]

    private static let names: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LANG", "LC_ALL", "TZ", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
        "GOFLAGS", "GOPROXY", "GOCACHE", "GOMODCACHE", "GOEXPERIMENT", "GOPATH", "GOENV", "GOOS", "GOARCH", "GOAMD64",
        "GOARM", "GOARM64", "LD_LIBRARY_PATH", "CGO_ENABLED", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS",
        "CGO_FFLAGS", "CGO_LDFLAGS",
    ]

    /// What test binaries get without a box that tells one user or place from another.
    public var surroundings: [String: String] { variables.filter { ProcessEnvironment.surroundings.contains($0.key) } }

    private static let surroundings: Set<String> = [
        "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
    ]

    private static let namesForBuilding: Set<String> = [
        "GOSUMDB", "GONOSUMDB", "CC", "CXX", "AR", "FC", "PKG_CONFIG", "PKG_CONFIG_PATH", "CGO_CFLAGS_ALLOW",
        "CGO_CFLAGS_DISALLOW", "CGO_CPPFLAGS_ALLOW", "CGO_CPPFLAGS_DISALLOW", "CGO_CXXFLAGS_ALLOW",
        "CGO_CXXFLAGS_DISALLOW", "CGO_FFLAGS_ALLOW", "CGO_FFLAGS_DISALLOW", "CGO_LDFLAGS_ALLOW",
        "CGO_LDFLAGS_DISALLOW",
    ]

    private static let namesForFetching: Set<String> = [
        "GOPRIVATE", "GONOPROXY", "GOINSECURE", "GOVCS", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY",
        "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSH_AUTH_SOCK",
    ]
}
