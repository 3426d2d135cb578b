import Benchmarks

/// The fault in the order book: a slice that append grows in a loop, and a key that fmt.Sprintf makes for each order.
extension DemoBook {
    static let fault = DemoFault(
        metric: .allocations, package: "book", benchmark: "BenchmarkDepth",
        cause: "a slice grown by append in a loop, with keys from fmt.Sprintf")

    static let bands: [DemoChange] = [
        .replace(
            source,
            old: """
                type Book struct {
                    sides [2][]Order
                }
                """,
            new: """
                type Book struct {
                    // Band is how many cents of difference share a level of the depth; 0 is one.
                    Band  int64
                    sides [2][]Order
                }
                """),
        .write(
            depth,
            """
            package book

            import "fmt"

            // Level is what the orders of one price band add up to.
            type Level struct {
                Price  int64
                Size   int64
                Orders int
            }

            // Depth adds up the orders of a side by price band, best price first.
            func (b *Book) Depth(side Side) []Level {
                levels := make([]Level, 0, 4)
                last := ""
                for _, o := range b.sides[side] {
                    key := fmt.Sprintf("%s/%d", side, o.Price/b.band())
                    if key != last {
                        levels = append(levels, Level{Price: o.Price})
                        last = key
                    }
                    levels[len(levels)-1].Size += o.Size
                    levels[len(levels)-1].Orders++
                }
                return levels
            }

            // band returns the width of a price band in cents.
            func (b *Book) band() int64 {
                if b.Band <= 0 {
                    return 1
                }
                return b.Band
            }
            """),
    ]

    static let bandsTest: [DemoChange] = [
        .write(
            "book/depth_test.go",
            """
            package book

            import "testing"

            func TestBands(t *testing.T) {
                b := New()
                b.Band = 100
                for i, price := range []int64{1010, 1090, 1120} {
                    b.Add(Order{ID: uint64(i), Side: Sell, Price: price, Size: 1})
                }
                if got := b.Depth(Sell); len(got) != 2 || got[0].Orders != 2 || got[1].Orders != 1 {
                    t.Errorf("got %v", got)
                }
            }
            """)
    ]
}
