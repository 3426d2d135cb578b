/// The order book of the demo's module as it was in v1.0.0.
enum DemoBook {
    static let source = "book/book.go"
    static let depth = "book/depth.go"
    static let test = "book/book_test.go"
    static let benchmark = "book/bench_test.go"

    static let orders: [DemoChange] = [
        .write(
            source,
            """
            // Package book keeps the open orders of one instrument.
            package book

            import "sort"

            // Side says whether an order buys or sells.
            type Side int

            // The sides of a book.
            const (
                Buy Side = iota
                Sell
            )

            // Order is an open order. Its price is in cents.
            type Order struct {
                ID       uint64
                Side     Side
                Price    int64
                Quantity int64
            }

            // Book holds the open orders of both sides, best price first.
            type Book struct {
                sides [2][]Order
            }

            // New returns an empty book.
            func New() *Book { return &Book{} }

            // Add puts an order behind those with the same or a better price.
            func (b *Book) Add(o Order) {
                orders := b.sides[o.Side]
                at := sort.Search(len(orders), func(i int) bool { return better(o.Side, o.Price, orders[i].Price) })
                orders = append(orders, Order{})
                copy(orders[at+1:], orders[at:])
                orders[at] = o
                b.sides[o.Side] = orders
            }

            // Remove takes an order out, and says whether it was there.
            func (b *Book) Remove(side Side, id uint64) bool {
                orders := b.sides[side]
                for i := range orders {
                    if orders[i].ID == id {
                        b.sides[side] = append(orders[:i], orders[i+1:]...)
                        return true
                    }
                }
                return false
            }

            // better says whether the price p comes before the price q.
            func better(side Side, p, q int64) bool {
                if side == Buy {
                    return p > q
                }
                return p < q
            }
            """),
        .write(
            test,
            """
            package book

            import "testing"

            func TestRemove(t *testing.T) {
                b := New()
                b.Add(Order{ID: 7, Side: Buy, Price: 1000, Quantity: 5})
                if !b.Remove(Buy, 7) || b.Remove(Buy, 7) {
                    t.Error("an order can be removed once")
                }
            }
            """),
    ]

    static let levels: [DemoChange] = [
        .write(
            depth,
            """
            package book

            // Level is what the orders at one price add up to.
            type Level struct {
                Price    int64
                Quantity int64
                Orders   int
            }

            // Depth adds up the orders of a side by price, best price first.
            func (b *Book) Depth(side Side) []Level {
                orders := b.sides[side]
                levels := make([]Level, 0, len(orders))
                for _, o := range orders {
                    if n := len(levels); n > 0 && levels[n-1].Price == o.Price {
                        levels[n-1].Quantity += o.Quantity
                        levels[n-1].Orders++
                        continue
                    }
                    levels = append(levels, Level{Price: o.Price, Quantity: o.Quantity, Orders: 1})
                }
                return levels
            }
            """),
        .write(
            benchmark,
            """
            package book

            import "testing"

            var levels []Level

            // filled returns a book with some orders to sell, four at each price.
            func filled(orders int) *Book {
                b := New()
                for i := 0; i < orders; i++ {
                    b.Add(Order{ID: uint64(i), Side: Sell, Price: int64(1000 + i*7%orders/4), Quantity: 10})
                }
                return b
            }

            func BenchmarkAdd(b *testing.B) {
                b.ReportAllocs()
                for i := 0; i < b.N; i++ {
                    filled(40)
                }
            }

            func BenchmarkDepth(b *testing.B) {
                book := filled(120)
                b.ReportAllocs()
                b.ResetTimer()
                for i := 0; i < b.N; i++ {
                    levels = book.Depth(Sell)
                }
            }
            """),
    ]
}
