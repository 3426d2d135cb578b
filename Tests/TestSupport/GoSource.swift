/// Go sources for small histories: a package `m` with one function and its benchmark.
public enum GoSource {
    /// `Work`, which makes exactly as many heap allocations as it is asked to.
    public static func work(allocations: Int) -> String {
        """
        package m

        var sink []*[64]byte

        // Work allocates \(allocations) times.
        func Work() {
        \tsink = sink[:0]
        \tfor i := 0; i < \(allocations); i++ {
        \t\tsink = append(sink, new([64]byte))
        \t}
        }

        """
    }

    /// `BenchmarkWork`, which calls `Work`.
    public static let benchmark = benchmark(calling: "Work()")

    /// A benchmark of any statement of package `m`.
    public static func benchmark(_ name: String = "BenchmarkWork", calling statement: String) -> String {
        """
        package m

        import "testing"

        func \(name)(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\t\(statement)
        \t}
        }

        """
    }
}
