/// What is said about the demo's module: README.md and docs/.
enum DemoDocs {
    private static let readme = "README.md"
    private static let book = "docs/book.md"
    private static let feed = "docs/feed.md"
    private static let report = "docs/report.md"

    static let start: [DemoChange] = [
        .write("go.mod", "module \(DemoHistory.module)\n\ngo 1.19"),
        .write(".gitignore", "*.out\n*.test"),
        .write(
            readme,
            """
            # demo

            An order book, a price feed and a report printer.
            """),
    ]

    static let packages: [DemoChange] = [
        .write(book, "# book\n\nKeeps the open orders of one instrument, and adds up its depth."),
        .write(feed, "# feed\n\nHands price updates to whoever subscribed."),
        .write(report, "# report\n\nPrints rows of values as text, in the columns of a layout."),
    ]

    static let stable: [DemoChange] = [
        .append(readme, "What is exported in v1 stays as it is until v2.")
    ]

    static let usage: [DemoChange] = [
        .append(
            readme,
            """
            ## The depth of a book

                b := book.New()
                b.Add(book.Order{ID: 1, Side: book.Sell, Price: 1015, Quantity: 40})
                levels := b.Depth(book.Sell)
            """)
    ]

    static let cents: [DemoChange] = [
        .append(book, "Prices are whole numbers of cents, so that they can be compared and added up.")
    ]

    static let layoutErrors: [DemoChange] = [
        .append(
            report,
            """
            ## Errors

            A layout without a title, or with a column without a width, is refused.
            """)
    ]

    static let packageList: [DemoChange] = [
        .append(
            readme,
            """
            ## Packages

            - [book](docs/book.md)
            - [feed](docs/feed.md)
            - [report](docs/report.md)
            """)
    ]

    static let releasing: [DemoChange] = [
        .write(
            "docs/releasing.md",
            """
            # Releasing

            1. Run the tests with the oldest and with the newest Go.
            2. Tag the commit, and push the tag.
            """)
    ]

    static let sizes: [DemoChange] = [
        .append(book, "The size of an order is in pieces."),
        .replace(readme, old: "Quantity: 40", new: "Size: 40"),
    ]

    static let wording: [DemoChange] = [
        .replace(feed, old: "to whoever subscribed", new: "to those who subscribed")
    ]

    static let conflation: [DemoChange] = [
        .append(feed, "A subscriber who is slow gets the newest update, and misses those before it.")
    ]

    static let last: [DemoChange] = [
        .append(feed, "The hub remembers the last price of each symbol.")
    ]

    static let alignment: [DemoChange] = [
        .append(
            report,
            """
            ## Alignment

            Values stand on the left, or on the right with a `>` before the width: `price >10`.
            """)
    ]

    static let bands: [DemoChange] = [
        .append(book, "With `Band` set, prices of one band share a level.")
    ]

    static let benchmarks: [DemoChange] = [
        .write(
            "docs/contributing.md",
            """
            # Contributing

            Add a test with each change. Run the benchmarks when a change touches Add, Depth, Publish or Render.
            """)
    ]

    static let reviews: [DemoChange] = [
        .append("docs/contributing.md", "Two people look at each branch before it is merged.")
    ]

    static let checklist: [DemoChange] = [
        .replace(
            "docs/releasing.md", old: "2. Tag the commit, and push the tag.",
            new: "2. Read the list of commits since the last tag.\n3. Tag the commit, and push the tag.")
    ]

    static let license: [DemoChange] = [
        .append(readme, "## License\n\nPublic domain.")
    ]
}
