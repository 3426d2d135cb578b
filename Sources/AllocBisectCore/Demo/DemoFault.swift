import Benchmarks

/// A fault that the demo's history is seeded with.
struct DemoFault: Sendable {
    let metric: Metric
    let package: String
    let benchmark: String
    let cause: String

    /// Parsed layouts are kept for ever, although most of them are never used again.
    static let cache = DemoFault(
        metric: .retainedObjects, package: "report", benchmark: "BenchmarkRender",
        cause: "a map used as a cache, from which nothing is ever removed")
    /// Each subscription starts a goroutine, which waits for ever once the subscription is closed.
    static let conflation = DemoFault(
        metric: .goroutines, package: "feed", benchmark: "BenchmarkSubscribe",
        cause: "a goroutine blocked for ever on a channel that nobody closes")
    /// A slice that append grows in a loop, and a key that fmt.Sprintf makes for each order.
    static let bands = DemoFault(
        metric: .allocations, package: "book", benchmark: "BenchmarkDepth",
        cause: "a slice grown by append in a loop, with keys from fmt.Sprintf")
}
