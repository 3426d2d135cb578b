/// Everything that decides a number besides the commit.
///
/// Two measurements may be compared only when their recipes are equal. The recipe's text keys the results cache.
public struct Recipe: Hashable, Sendable {
    /// N2 as the user fixed it; nil when it is chosen for each benchmark.
    public var iterations: Int?
    /// GOMAXPROCS of the runs.
    public var cpu: Int
    /// Build tags as given to `-tags`.
    public var tags: String
    /// Compiler flags as given to `-gcflags`.
    public var gcflags: String
    /// What `go env GOVERSION` says.
    public var goVersion: String
    /// What was built for: operating system, architecture and its level, e.g. `linux/amd64/v1`.
    public var platform: String
    /// The environment that can change a number, by name; values are kept as fingerprints, since they may be private.
    public var environment: [String: String]
    /// The commit whose test files are used; nil for each commit's own.
    public var pinnedTests: String?
    /// The probe's version; 0 when the toolchain's `testing` package does not match its rule.
    public var probe: Int

    /// Creates a recipe; the defaults are those of a user who gave no options.
    public init(
        iterations: Int? = nil, cpu: Int = 1, tags: String = "", gcflags: String = "", goVersion: String,
        platform: String, environment: [String: String] = [:], pinnedTests: String? = nil, probe: Int
    ) {
        self.iterations = iterations
        self.cpu = cpu
        self.tags = tags
        self.gcflags = gcflags
        self.goVersion = goVersion
        self.platform = platform
        self.environment = environment.mapValues(\.fingerprint)
        self.pinnedTests = pinnedTests
        self.probe = probe
    }

    /// One line a field, the same for equal recipes.
    public var text: String {
        var lines = [
            "go: \(goVersion)", "platform: \(platform)", "probe: \(probe)", "cpu: \(cpu)",
            "benchtime: \(iterations.map { "\($0)x" } ?? "chosen")", "tags: \(tags)", "gcflags: \(gcflags)",
        ]
        if let pinnedTests { lines.append("pinned-tests: \(pinnedTests)") }
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) { lines.append("env \(name)=\(value)") }
        return lines.map(\.escapedLine).joined(separator: "\n")
    }
}
