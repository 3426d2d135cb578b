/// A benchmark: the package's directory and the name as Go prints it, without the `-GOMAXPROCS` suffix.
public struct Benchmark: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The package's directory relative to the repository's root, `.` for the root itself. It identifies the package
    /// over time, since an import path changes with the module's name.
    public let package: String
    /// The full name as Go prints it, e.g. `BenchmarkMux/route:/a`. That of a function in `package p_test` of which
    /// `package p` has one of the same name is marked, as in `BenchmarkMux[_test]/route:/a`.
    public let name: String

    /// A benchmark of a package.
    public init(package: String, name: String) {
        self.package = package
        self.name = name
    }

    /// The name of the Go function, the part before the first `/`, and before `[_test]`.
    public var function: String { Benchmark.function(of: name) }

    /// The function of a benchmark name: what stands before the first `/` or `[`.
    public static func function(of name: String) -> String {
        String(Substring(name.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "[") }))
    }

    public var description: String { package == "." ? name : "\(package) \(name)" }
    public static func < (left: Benchmark, right: Benchmark) -> Bool {
        (left.package, left.name) < (right.package, right.name)
    }
}
