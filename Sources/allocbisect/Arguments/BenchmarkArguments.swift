import ArgumentParser
import Benchmarks
import Measuring

/// The arguments that select benchmarks and tests.
struct BenchmarkArguments: ParsableArguments {
    @Option(
        name: [.customShort("p"), .customLong("package")],
        help: .init("Packages as Go patterns; can be repeated. (default: ./...)", valueName: "pattern"),
        completion: .directory)
    var packages: [String] = []

    @Option(
        name: [.customShort("b"), .customLong("bench")],
        help: .init("Benchmarks as a regular expression, as for go test -bench. (default: all)", valueName: "regexp"))
    var bench: String?

    @Option(help: .init("One benchmark by its exact full name; can be repeated.", valueName: "name"))
    var only: [String] = []

    @Flag(help: "Measure tests instead of benchmarks, each as a whole; -b and --only then select tests.")
    var tests = false

    @Argument(parsing: .postTerminator, help: .init("Packages as well, after --.", valueName: "packages"))
    var morePackages: [String] = []

    /// The package patterns that are named.
    var patterns: [String] { packages + morePackages }

    /// Whether anything is selected.
    var isEmpty: Bool { patterns.isEmpty && bench == nil && only.isEmpty && !tests }

    /// Puts the arguments together to what is measured.
    ///
    /// - Throws: `ValidationError` for a pattern that cannot be used.
    func selection() throws -> BenchmarkSelection {
        var selection = BenchmarkSelection()
        guard patterns.allSatisfy({ !$0.trimmingPrefix(while: \.isWhitespace).isEmpty }) else {
            throw ValidationError("-p needs a package, such as ./book or ./...")
        }
        if !patterns.isEmpty { selection.packages = patterns }
        do { selection.pattern = try bench.map(BenchPattern.init) } catch { throw ValidationError("\(error)") }
        selection.only = only
        if tests { selection.kinds = [.test] }
        return selection
    }
}
