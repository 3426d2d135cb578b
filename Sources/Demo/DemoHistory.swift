/// The history of the demo's repository, commit by commit. What each one changes is its `DemoPatch`.
enum DemoHistory {
    /// The path of the Go module.
    static let module = "example.com/demo"

    static let steps = start + afterStart

    /// What leads to v1.0.0, which is its last commit.
    static let start: [DemoStep] = [
        .commit(.ana, "Start the module"),
        .commit(.ana, "book: keep open orders"),
        .commit(.ana, "book: add up the depth of a side"),
        .commit(.jonas, "feed: hand updates to subscriptions"),
        .commit(.priya, "report: parse layouts"),
        .commit(.jonas, "feed: add benchmarks"),
        .commit(.priya, "report: print rows"),
        .commit(.priya, "report: add a benchmark"),
        .commit(.tom, "docs: describe the packages"),
        .commit(.ana, "README: say what is stable"),
    ]

    private static let lookup = "order-lookup"
    private static let conflation = "conflation"
    private static let totals = "totals"

    private static let afterStart: [DemoStep] = [
        .commit(.tom, "README: show how to read the depth"),
        .commit(.ana, "book: add Best"),
        .commit(.jonas, "feed: name the size of the buffer"),
        .commit(.priya, "report: pad values without fmt"),
        .commit(.tom, "docs: say that prices are in cents"),
        .commit(.ana, "book: test that equal prices keep their order"),
        .commit(.jonas, "feed: count the subscriptions"),
        .commit(.tom, "book: find an order by its id", on: lookup),
        .commit(.priya, "report: refuse negative widths"),
        .commit(.tom, "book: test Find", on: lookup),
        .commit(.priya, "docs: list the errors of a layout"),
        .merge(.ana, lookup),
        .commit(.jonas, "feed: test that Close may be called twice"),
        .commit(.ana, "book: give sides a name"),
        .commit(.priya, "report: align numbers on the right"),
        .commit(.tom, "README: list the packages"),
        .commit(.jonas, "feed: subscribe to a single symbol"),
        .commit(.ana, "book: move the search for an order's place out of Add"),
        .fault(.priya, "report: cache parsed layouts", .cache),
        .commit(.priya, "report: test that layouts are parsed once"),
        .commit(.tom, "docs: write down how to release"),
        .commit(.ana, "book: add Spread"),
        .commit(.priya, "report: move writing a row out of Render"),
        .commit(.tom, "docs: fix the wording"),
        .commit(.ana, "book: test Spread"),
        .commit(.jonas, "feed: test subscriptions to a symbol"),
        .commit(.jonas, "feed: make subscriptions in one place", on: conflation),
        .commit(.priya, "report: test alignment"),
        .fault(
            .jonas,
            """
            feed: conflate updates for slow subscribers

            A subscriber who is slow to read was sent prices that are no longer true, and missed
            the newest one. Now the newest one waits for them.
            """, on: conflation, .conflation),
        .commit(.tom, "book: walk over the orders of a side"),
        .commit(.jonas, "feed: test conflation", on: conflation),
        .commit(.priya, "docs: explain alignment"),
        .commit(.jonas, "docs: describe conflation", on: conflation),
        .merge(.ana, conflation),
        .commit(.jonas, "feed: remember the last price of a symbol"),
        .commit(.ana, "book: call the quantity of an order its size"),
        .commit(.ana, "book: use sizes in tests"),
        .commit(.priya, "report: cut values that are too long"),
        .commit(.ana, "book: say what a size is counted in"),
        .commit(.ana, "book: use sizes in levels"),
        .commit(.tom, "docs: explain sizes"),
        .commit(.jonas, "feed: test Last"),
        .commit(.tom, "report: add up a column", on: totals),
        .commit(.jonas, "docs: mention the last price"),
        .commit(.tom, "report: test Total", on: totals),
        .commit(.ana, "book: take out all orders of a side"),
        .merge(.priya, totals),
        .commit(.priya, "report: test that long values are cut"),
        .fault(
            .tom,
            """
            book: let the depth group prices into bands

            Wide books have too many levels to show. A band of 100 shows one level for each euro.
            """, .bands),
        .commit(.tom, "book: test bands"),
        .commit(.tom, "docs: describe bands"),
        .commit(.jonas, "feed: publish several updates at once"),
        .commit(.priya, "report: accept any spaces between columns"),
        .commit(.ana, "book: say when the best prices cross"),
        .commit(.jonas, "docs: ask for benchmarks"),
        .commit(.jonas, "feed: leave out updates without a symbol"),
        .commit(.priya, "report: refuse an empty title"),
        .commit(.ana, "book: test Crossed"),
        .commit(.jonas, "feed: add an example"),
        .commit(.tom, "docs: say how branches are reviewed"),
        .commit(.priya, "report: say what a missing value looks like"),
        .commit(.tom, "docs: read the commits before a release"),
        .commit(.ana, "README: name the license"),
    ]
}
