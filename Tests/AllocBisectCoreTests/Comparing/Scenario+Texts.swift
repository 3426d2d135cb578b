import Benchmarks

/// Code that allocates more often since it makes texts in another way.
extension Scenario {
    /// A text is formatted instead of being put together.
    static let formattedText = Scenario(
        "fmt.Sprintf text", .allocations, advice: "strconv and + allocate only the string",
        [
            "m.go": """
            package m

            -import "strconv"
            +import "fmt"

            // Label names a product of a shop.
            func Label(shop, product int) string {
            -\tvar room [24]byte
            -\tlabel := append(strconv.AppendInt(room[:0], int64(shop), 10), '/')
            -\treturn string(strconv.AppendInt(label, int64(product), 10))
            +\treturn fmt.Sprintf("%d/%d", shop, product) // seeded
            }
            """,
            "m_test.go": test(
                calling: "label = Label(i+1000, i+2000)", declaring: "var (\n\tscratch []byte\n\tlabel   string\n)"),
        ])

    /// A key becomes a formatted text; an import moves everything below it.
    static let formattedKey = Scenario(
        "fmt.Sprintf key", .allocations, advice: "a struct or an array of its parts",
        [
            "m.go": """
            package m

            +import "fmt"
            +
            -var prices = map[[2]int]int{}
            +var prices = map[string]int{}

            // Price returns what a product costs in a shop.
            func Price(shop, product int) int {
            -\treturn prices[[2]int{shop, product}]
            +\treturn prices[fmt.Sprintf("%d/%d", shop, product)] // seeded
            }

            // Receipt returns room for some lines.
            func Receipt(lines int) [][]byte {
            \treceipt := make([][]byte, lines)
            \tfor i := range receipt {
            \t\treceipt[i] = make([]byte, 24)
            \t}
            \treturn receipt
            }
            """,
            "m_test.go": test(calling: "scratch = Receipt(6)[Price(i+1000, i+2000)]"),
        ])

    /// A sub-benchmark: bytes become a string that is kept.
    static let conversion = Scenario(
        "string conversion", .allocations, benchmark: "BenchmarkRoute/long", advice: "the conversion copies",
        [
            "m.go": """
            package m

            var routes = map[string]int{"/orders/by-customer/and-by-day": 1}
            +var last string

            // Clean returns a path without the dot at its end.
            func Clean(path []byte) []byte {
            -\tcleaned := append([]byte(nil), path...)
            -\treturn cleaned[:len(cleaned)-1]
            +\treturn append([]byte(nil), path[:len(path)-1]...)
            }

            // Route returns the number of a path.
            func Route(path []byte) int {
            -\treturn routes[string(path)]
            +\tlast = string(path) // seeded
            +\treturn routes[last]
            }
            """,
            "m_test.go": """
            package m

            import "testing"

            func BenchmarkRoute(b *testing.B) {
            \tb.Run("long", func(b *testing.B) {
            \t\tpath := []byte("/orders/by-customer/and-by-day.")
            \t\tfor i := 0; i < b.N; i++ {
            \t\t\tRoute(Clean(path))
            \t\t}
            \t})
            }
            """,
        ])
}
