extension DemoBook {
    static let best: [DemoChange] = [
        .write(
            "book/best.go",
            """
            package book

            // Best returns the order that trades first, if there is one.
            func (b *Book) Best(side Side) (Order, bool) {
                if len(b.sides[side]) == 0 {
                    return Order{}, false
                }
                return b.sides[side][0], true
            }
            """)
    ]

    static let bestTest: [DemoChange] = [
        .append(
            test,
            """
            func TestEqualPricesKeepTheirOrder(t *testing.T) {
                b := New()
                b.Add(Order{ID: 1, Side: Sell, Price: 1000})
                b.Add(Order{ID: 2, Side: Sell, Price: 1000})
                if best, ok := b.Best(Sell); !ok || best.ID != 1 {
                    t.Errorf("got order %d", best.ID)
                }
            }
            """)
    ]

    static let find: [DemoChange] = [
        .write(
            "book/find.go",
            """
            package book

            // Find returns the order with an id, if it is open.
            func (b *Book) Find(id uint64) (Order, bool) {
                for _, orders := range b.sides {
                    for _, o := range orders {
                        if o.ID == id {
                            return o, true
                        }
                    }
                }
                return Order{}, false
            }
            """)
    ]

    static let findTest: [DemoChange] = [
        .write(
            "book/find_test.go",
            """
            package book

            import "testing"

            func TestFind(t *testing.T) {
                b := New()
                b.Add(Order{ID: 3, Side: Sell, Price: 1000})
                if o, ok := b.Find(3); !ok || o.Price != 1000 {
                    t.Error("order 3 is open")
                }
                if _, ok := b.Find(4); ok {
                    t.Error("order 4 is not open")
                }
            }
            """)
    ]

    static let sideNames: [DemoChange] = [
        .replace(
            source,
            old: """
                // Order is an open order.
                """,
            new: """
                // String returns the name of a side.
                func (s Side) String() string {
                    if s == Buy {
                        return "buy"
                    }
                    return "sell"
                }

                // Order is an open order.
                """)
    ]

    static let place: [DemoChange] = [
        .replace(
            source,
            old: """
                    at := sort.Search(len(orders), func(i int) bool { return better(o.Side, o.Price, orders[i].Price) })
                """,
            new: """
                    at := place(orders, o)
                """),
        .append(
            source,
            """
            // place returns where an order goes.
            func place(orders []Order, o Order) int {
                return sort.Search(len(orders), func(i int) bool {
                    return better(o.Side, o.Price, orders[i].Price)
                })
            }
            """),
    ]

    static let spread: [DemoChange] = [
        .append(
            "book/best.go",
            """
            // Spread returns how far the best prices lie apart; 0 if a side is empty.
            func (b *Book) Spread() int64 {
                buy, anyBuy := b.Best(Buy)
                sell, anySell := b.Best(Sell)
                if !anyBuy || !anySell {
                    return 0
                }
                return sell.Price - buy.Price
            }
            """)
    ]

    static let spreadTest: [DemoChange] = [
        .append(
            test,
            """
            func TestSpread(t *testing.T) {
                b := New()
                b.Add(Order{ID: 1, Side: Buy, Price: 990})
                b.Add(Order{ID: 2, Side: Sell, Price: 1015})
                if got := b.Spread(); got != 25 {
                    t.Errorf("got %d", got)
                }
            }
            """)
    ]

    static let each: [DemoChange] = [
        .append(
            "book/find.go",
            """
            // Each calls f with the orders of a side, best price first, until f returns false.
            func (b *Book) Each(side Side, f func(Order) bool) {
                for _, o := range b.sides[side] {
                    if !f(o) {
                        return
                    }
                }
            }
            """)
    ]

    static let clear: [DemoChange] = [
        .append(
            source,
            """
            // Clear takes all orders of a side out, and returns how many there were.
            func (b *Book) Clear(side Side) int {
                n := len(b.sides[side])
                b.sides[side] = b.sides[side][:0]
                return n
            }
            """)
    ]

    static let crossed: [DemoChange] = [
        .append(
            "book/best.go",
            """
            // Crossed says whether the best orders could trade with each other.
            func (b *Book) Crossed() bool {
                buy, anyBuy := b.Best(Buy)
                sell, anySell := b.Best(Sell)
                return anyBuy && anySell && buy.Price >= sell.Price
            }
            """)
    ]

    static let crossedTest: [DemoChange] = [
        .append(
            test,
            """
            func TestCrossed(t *testing.T) {
                b := New()
                b.Add(Order{ID: 1, Side: Buy, Price: 1000})
                if b.Crossed() {
                    t.Error("nobody sells")
                }
                b.Add(Order{ID: 2, Side: Sell, Price: 1000})
                if !b.Crossed() {
                    t.Error("both want the same price")
                }
            }
            """)
    ]
}
