/// A rename in four commits, of which the first three do not compile.
extension DemoBook {
    static let renameField: [DemoChange] = [
        .replace(
            source,
            old: """
                    ID       uint64
                    Side     Side
                    Price    int64
                    Quantity int64
                """,
            new: """
                    ID    uint64
                    Side  Side
                    Price int64
                    Size  int64
                """)
    ]

    static let renameInTests: [DemoChange] = [
        .replace(test, old: "Price: 1000, Quantity: 5}", new: "Price: 1000, Size: 5}"),
        .replace(benchmark, old: "Quantity: 10", new: "Size: 10"),
    ]

    static let renameInComments: [DemoChange] = [
        .replace(
            source,
            old: """
                // Order is an open order. Its price is in cents.
                """,
            new: """
                // Order is an open order. Its price is in cents, and its size in pieces.
                """)
    ]

    static let renameInLevels: [DemoChange] = [
        .write(
            depth,
            """
            package book

            // Level is what the orders at one price add up to.
            type Level struct {
                Price  int64
                Size   int64
                Orders int
            }

            // Depth adds up the orders of a side by price, best price first.
            func (b *Book) Depth(side Side) []Level {
                orders := b.sides[side]
                levels := make([]Level, 0, len(orders))
                for _, o := range orders {
                    if n := len(levels); n > 0 && levels[n-1].Price == o.Price {
                        levels[n-1].Size += o.Size
                        levels[n-1].Orders++
                        continue
                    }
                    levels = append(levels, Level{Price: o.Price, Size: o.Size, Orders: 1})
                }
                return levels
            }
            """)
    ]
}
