/// What `go test -bench . -benchtime 100x -benchmem` printed, taken from real runs of Go 1.19 and 1.27.
enum GoOutput {
    /// `-cpu 1`: names as `b.Run` rewrites them.
    static let names = """
        goos: linux
        goarch: amd64
        pkg: example.com/m
        cpu: AMD EPYC
        BenchmarkNames/route:/a         \t     100\t        32.15 ns/op\t      16 B/op\t       1 allocs/op
        BenchmarkNames/with_space       \t     100\t        29.04 ns/op\t      16 B/op\t       1 allocs/op
        BenchmarkNames/größe=ß          \t     100\t        32.65 ns/op\t      16 B/op\t       1 allocs/op
        BenchmarkNames/日本               \t     100\t        28.05 ns/op\t      16 B/op\t       1 allocs/op
        BenchmarkNames/#00              \t     100\t        26.84 ns/op\t      16 B/op\t       1 allocs/op
        BenchmarkNames/x-8              \t     100\t        32.55 ns/op\t      16 B/op\t       1 allocs/op
        BenchmarkNames/100_ns/op        \t     100\t        30.95 ns/op\t      16 B/op\t       1 allocs/op
        BenchmarkNames/q"uote           \t     100\t        29.15 ns/op\t      16 B/op\t       1 allocs/op
        BenchmarkNames/a=1/b=2          \t     100\t        29.04 ns/op\t      16 B/op\t       1 allocs/op
        PASS
        """

    /// `-cpu 4`: sub-benchmarks that print with and without a line break, log, fail and skip.
    static let printing = """
        top in one
        BenchmarkSub/one-4                  \tin one
             100\t       541.7 ns/op\t      21 B/op\t       1 allocs/op
        --- FAIL: BenchmarkSub/fails
            m_test.go:40: no
        in more BenchmarkSub/one_more-4             \tin more      100\t       569.0 ns/op\t      21 B/op\t       1 allocs/op
        BenchmarkSub/late-4     \t--- FAIL: BenchmarkSub/late-4
            l_test.go:6: late
        BenchmarkSub/skip-4     \t       0\t               NaN ns/op\t       0 B/op\t       0 allocs/op
        --- BENCH: BenchmarkSub/skip-4
            l_test.go:6: late
        BenchmarkSub/logs-4                 \t     100\t      1126 ns/op\t      31 B/op\t       1 allocs/op
        --- BENCH: BenchmarkSub/logs-4
            m_test.go:43: x BenchmarkSub 3 4 ns/op
        42BenchmarkSub/numbers-4            \t3 ns/op
         42     100\t      1621 ns/op\t      23 B/op\t       1 allocs/op
        12 BenchmarkSub/override-4                 \t12      100\t       3 B/op\t       7 allocs/op
        --- FAIL: BenchmarkSub
        FAIL
        """

    /// Units with `b.SetBytes` and `b.ReportMetric`, from the largest to none at all.
    static let units =
        "BenchmarkUnits   \t     100\t        50.98 ns/op\t80345.23 MB/s\t        12.00 größe/op\t1\(zeros(300)) huge/op\t"
        + "      +Inf inf/op\t               NaN nan/op\t        -3.500 neg/op\t         0.0001235 small-ns/op\t"
        + "         0.0000000 tiny/op\t         0 zero\t      16 B/op\t       1 allocs/op"

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
}
