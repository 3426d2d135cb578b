import Benchmarks

extension Scenario {
    /// Causes other than the code of the benchmark's own module, which the culprit changes at the same cost.
    static let causes = [editedBenchmark, testdata, vendored, replaced, loopVariable]

    /// The benchmark does more in its loop.
    private static let editedBenchmark = Scenario(
        "benchmark edited", .allocations, kind: "benchmark",
        [
            "m.go": """
            package m

            import "strings"

            +const separator = " "
            +
            // Join returns words with spaces between them.
            func Join(words []string) string {
            -\treturn strings.Join(words, " ")
            +\tjoined := strings.Join(words, separator)
            +\treturn joined
            }
            """,
            "m_test.go": """
            package m

            import (
            \t"strings"
            \t"testing"
            )

            var joined string

            func BenchmarkWork(b *testing.B) {
            -\twords := strings.Fields("the words of a text")
            \tfor i := 0; i < b.N; i++ {
            +\t\twords := strings.Fields(strings.ToUpper("the words of a text")) // seeded
            \t\tjoined = Join(words)
            \t}
            }
            """,
        ])

    /// The benchmark reads more.
    private static let testdata = Scenario(
        "testdata", .allocations, kind: "testdata",
        [
            "m.go": """
            package m

            import "strings"

            -// Row is a pair.
            +// Row is a name and its value.
            +// The value is empty when the text has none.
            type Row struct{ name, value string }

            // Parse reads pairs of the form name=value.
            func Parse(text string) []*Row {
            \tfields := strings.Fields(text)
            \trows := make([]*Row, len(fields))
            \tfor i, field := range fields {
            \t\tname, value, _ := strings.Cut(field, "=")
            \t\trows[i] = &Row{name, value} // seeded
            \t}
            \treturn rows
            }
            """,
            "m_test.go": """
            package m

            import (
            \t"os"
            \t"testing"
            )

            var rows []*Row

            func BenchmarkWork(b *testing.B) {
            \ttext, err := os.ReadFile("testdata/input.txt")
            \tif err != nil {
            \t\tb.Fatal(err)
            \t}
            \tb.ResetTimer()
            \tfor i := 0; i < b.N; i++ {
            \t\trows = Parse(string(text))
            \t}
            }
            """,
            "testdata/input.txt": """
            width=10
            height=20
            +depth=30
            +weight=40
            +colour=red
            """,
        ])

    /// A required module moves to a version that no longer uses its buffer again.
    private static let vendored = Scenario(
        "vendored module", .allocations, kind: "dependency",
        [
            "go.mod": """
            module example.com/m

            go 1.19

            -require example.com/dep v1.0.0
            +require example.com/dep v1.1.0
            """,
            "vendor/modules.txt": """
            -# example.com/dep v1.0.0
            +# example.com/dep v1.1.0
            ## explicit; go 1.19
            example.com/dep
            """,
            "vendor/example.com/dep/dep.go": """
            // Package dep makes keys of names.
            package dep

            -var buffer [64]byte
            -
            -// Key returns the key of a name, which the next call writes over.
            +// Key returns the key of a name.
            func Key(name string) []byte {
            -\tkey := append(buffer[:0], "key of "...)
            +\tkey := append(make([]byte, 0, 64), "key of "...) // seeded
            \treturn append(key, name...)
            }
            """,
            "m.go": """
            package m

            import "example.com/dep"

            +// The names that are in use.
            var names = []string{"a", "b", "c"}

            // Keys returns the key of each name.
            func Keys() [][]byte {
            -\tkeys := make([][]byte, len(names))
            -\tfor i, name := range names {
            -\t\tkeys[i] = dep.Key(name)
            +\tkeys := make([][]byte, 0, len(names))
            +\tfor _, name := range names {
            +\t\tkeys = append(keys, dep.Key(name))
            \t}
            \treturn keys
            }
            """,
            "m_test.go": test(calling: "scratch = Keys()[0]"),
        ])

    /// A `replace` points to another copy of a module, where everything has another path; neither copy changes.
    private static let replaced = Scenario(
        "replaced module", .allocations, kind: "dependency",
        [
            "go.mod": """
            module example.com/m

            go 1.19

            require example.com/dep v0.0.0

            -replace example.com/dep => ./third_party/dep-v1
            +replace example.com/dep => ./third_party/dep-v2
            """,
            "third_party/dep-v1/go.mod": "module example.com/dep\n\ngo 1.19",
            "third_party/dep-v1/dep.go": """
            // Package dep counts.
            package dep

            // Numbers returns numbers, each in a place of its own.
            func Numbers(count int) []*int {
            \tnumbers := make([]*int, count)
            \tfor i := range numbers {
            \t\tn := i + 1
            \t\tnumbers[i] = &n
            \t}
            \treturn numbers
            }

            // Reversed reverses numbers and returns them.
            func Reversed(numbers []*int) []*int {
            \tfor i, j := 0, len(numbers)-1; i < j; i, j = i+1, j-1 {
            \t\tnumbers[i], numbers[j] = numbers[j], numbers[i]
            \t}
            \treturn numbers
            }
            """,
            "third_party/dep-v2/go.mod": "module example.com/dep\n\ngo 1.19",
            "third_party/dep-v2/dep.go": """
            // Package dep counts.
            package dep

            // Numbers returns numbers, each in a place of its own.
            func Numbers(count int) []*int {
            \tnumbers := make([]*int, count)
            \tfor i := range numbers {
            \t\tn := i + 1
            \t\tnumbers[i] = &n
            \t}
            \treturn numbers
            }

            // Reversed returns numbers from the last to the first, and leaves them as they are.
            func Reversed(numbers []*int) []*int {
            \tvar reversed []*int
            \tfor i := len(numbers) - 1; i >= 0; i-- {
            \t\treversed = append(reversed, numbers[i]) // seeded
            \t}
            \treturn reversed
            }
            """,
            "m.go": """
            package m

            import "example.com/dep"

            +// The numbers of the latest countdown.
            var latest []*int

            // Countdown counts down.
            func Countdown(from int) {
            -\tlatest = dep.Reversed(dep.Numbers(from))
            +\tnumbers := dep.Numbers(from)
            +\tlatest = dep.Reversed(numbers)
            }
            """,
            "m_test.go": test(calling: "Countdown(20)"),
        ])
}
