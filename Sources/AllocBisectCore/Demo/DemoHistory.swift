/// The history of the demo's repository, commit by commit.
enum DemoHistory {
    /// The path of the Go module.
    static let module = "example.com/demo"

    static let steps = start + afterStart

    /// What leads to v1.0.0, which is its last commit.
    static let start: [DemoStep] = [
        .commit(.ana, "Start the module", DemoDocs.start),
        .commit(.ana, "book: keep open orders", DemoBook.orders),
        .commit(.ana, "book: add up the depth of a side", DemoBook.levels),
        .commit(.jonas, "feed: hand updates to subscriptions", DemoFeed.hub),
        .commit(.priya, "report: parse layouts", DemoReport.layouts),
        .commit(.jonas, "feed: add benchmarks", DemoFeed.benchmarks),
        .commit(.priya, "report: print rows", DemoReport.rows),
        .commit(.priya, "report: add a benchmark", DemoReport.benchmark),
        .commit(.tom, "docs: describe the packages", DemoDocs.packages),
        .commit(.ana, "README: say what is stable", DemoDocs.stable),
    ]

    private static let lookup = "order-lookup"
    private static let conflation = "conflation"
    private static let totals = "totals"

    private static let afterStart: [DemoStep] = [
        .commit(.tom, "README: show how to read the depth", DemoDocs.usage),
        .commit(.ana, "book: add Best", DemoBook.best),
        .commit(.jonas, "feed: name the size of the buffer", DemoFeed.buffer),
        .commit(.priya, "report: pad values without fmt", DemoReport.pad),
        .commit(.tom, "docs: say that prices are in cents", DemoDocs.cents),
        .commit(.ana, "book: test that equal prices keep their order", DemoBook.bestTest),
        .commit(.jonas, "feed: count the subscriptions", DemoFeed.count),
        .commit(.tom, "book: find an order by its id", DemoBook.find, on: lookup),
        .commit(.priya, "report: refuse negative widths", DemoReport.negativeWidths),
        .commit(.tom, "book: test Find", DemoBook.findTest, on: lookup),
        .commit(.priya, "docs: list the errors of a layout", DemoDocs.layoutErrors),
        .merge(.ana, lookup),
        .commit(.jonas, "feed: test that Close may be called twice", DemoFeed.closeTest),
        .commit(.ana, "book: give sides a name", DemoBook.sideNames),
        .commit(.priya, "report: align numbers on the right", DemoReport.right),
        .commit(.tom, "README: list the packages", DemoDocs.packageList),
        .commit(.jonas, "feed: subscribe to a single symbol", DemoFeed.symbols),
        .commit(.ana, "book: move the search for an order's place out of Add", DemoBook.place),
        .fault(.priya, "report: cache parsed layouts", DemoReport.cache, DemoReport.fault),
        .commit(.priya, "report: test that layouts are parsed once", DemoReport.cacheTest),
        .commit(.tom, "docs: write down how to release", DemoDocs.releasing),
        .commit(.ana, "book: add Spread", DemoBook.spread),
        .commit(.priya, "report: move writing a row out of Render", DemoReport.writeRow),
        .commit(.tom, "docs: fix the wording", DemoDocs.wording),
        .commit(.ana, "book: test Spread", DemoBook.spreadTest),
        .commit(.jonas, "feed: test subscriptions to a symbol", DemoFeed.symbolsTest),
        .commit(.jonas, "feed: make subscriptions in one place", DemoFeed.newSubscription, on: conflation),
        .commit(.priya, "report: test alignment", DemoReport.rightTest),
        .fault(
            .jonas,
            """
            feed: conflate updates for slow subscribers

            A subscriber who is slow to read was sent prices that are no longer true, and missed
            the newest one. Now the newest one waits for them.
            """, DemoFeed.conflation, on: conflation, DemoFeed.fault),
        .commit(.tom, "book: walk over the orders of a side", DemoBook.each),
        .commit(.jonas, "feed: test conflation", DemoFeed.conflationTest, on: conflation),
        .commit(.priya, "docs: explain alignment", DemoDocs.alignment),
        .commit(.jonas, "docs: describe conflation", DemoDocs.conflation, on: conflation),
        .merge(.ana, conflation),
        .commit(.jonas, "feed: remember the last price of a symbol", DemoFeed.last),
        .commit(.ana, "book: call the quantity of an order its size", DemoBook.renameField),
        .commit(.ana, "book: use sizes in tests", DemoBook.renameInTests),
        .commit(.priya, "report: cut values that are too long", DemoReport.cut),
        .commit(.ana, "book: say what a size is counted in", DemoBook.renameInComments),
        .commit(.ana, "book: use sizes in levels", DemoBook.renameInLevels),
        .commit(.tom, "docs: explain sizes", DemoDocs.sizes),
        .commit(.jonas, "feed: test Last", DemoFeed.lastTest),
        .commit(.tom, "report: add up a column", DemoReport.total, on: totals),
        .commit(.jonas, "docs: mention the last price", DemoDocs.last),
        .commit(.tom, "report: test Total", DemoReport.totalTest, on: totals),
        .commit(.ana, "book: take out all orders of a side", DemoBook.clear),
        .merge(.priya, totals),
        .commit(.priya, "report: test that long values are cut", DemoReport.cutTest),
        .fault(
            .tom,
            """
            book: let the depth group prices into bands

            Wide books have too many levels to show. A band of 100 shows one level for each euro.
            """, DemoBook.bands, DemoBook.fault),
        .commit(.tom, "book: test bands", DemoBook.bandsTest),
        .commit(.tom, "docs: describe bands", DemoDocs.bands),
        .commit(.jonas, "feed: publish several updates at once", DemoFeed.all),
        .commit(.priya, "report: accept any spaces between columns", DemoReport.spaces),
        .commit(.ana, "book: say when the best prices cross", DemoBook.crossed),
        .commit(.jonas, "docs: ask for benchmarks", DemoDocs.benchmarks),
        .commit(.jonas, "feed: leave out updates without a symbol", DemoFeed.noSymbol),
        .commit(.priya, "report: refuse an empty title", DemoReport.noTitle),
        .commit(.ana, "book: test Crossed", DemoBook.crossedTest),
        .commit(.jonas, "feed: add an example", DemoFeed.example),
        .commit(.tom, "docs: say how branches are reviewed", DemoDocs.reviews),
        .commit(.priya, "report: say what a missing value looks like", DemoReport.rowComment),
        .commit(.tom, "docs: read the commits before a release", DemoDocs.checklist),
        .commit(.ana, "README: name the license", DemoDocs.license),
    ]
}
