/// A result that another program kept, with what it says about where it comes from.
public struct ForeignResult: Sendable, Equatable {
    /// The commit as it was written: an id or a revision; nil when nothing was said.
    public var commit: String?
    /// The package's import path; empty when nothing was said.
    public var package: String
    /// What was measured for, e.g. `linux/amd64`; empty when nothing was said.
    public var platform: String
    /// The result; a `-GOMAXPROCS` suffix is a part of the name.
    public var result: BenchmarkResult

    /// A result of another program.
    public init(commit: String?, package: String, platform: String, result: BenchmarkResult) {
        (self.commit, self.package, self.platform, self.result) = (commit, package, platform, result)
    }
}
