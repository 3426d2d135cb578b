import Benchmarks

/// The fault in the report printer: parsed layouts are kept for ever, although most of them are never used again.
extension DemoReport {
    static let fault = DemoFault(
        metric: .retainedObjects, package: "report", benchmark: "BenchmarkRender",
        cause: "a map used as a cache, from which nothing is ever removed")

    static let cache: [DemoChange] = [
        .replace(render, old: "l, err := ParseLayout(layout)", new: "l, err := cachedLayout(layout)"),
        .write(
            "report/cache.go",
            """
            package report

            import "sync"

            var (
                cacheMu sync.Mutex
                cache   = make(map[string]*Layout, 4096)
            )

            // cachedLayout parses a layout unless it was parsed before.
            func cachedLayout(text string) (*Layout, error) {
                cacheMu.Lock()
                defer cacheMu.Unlock()
                if l, ok := cache[text]; ok {
                    return l, nil
                }
                l, err := ParseLayout(text)
                if err != nil {
                    return nil, err
                }
                cache[text] = l
                return l, nil
            }
            """),
    ]

    static let cacheTest: [DemoChange] = [
        .write(
            "report/cache_test.go",
            """
            package report

            import "testing"

            func TestLayoutsAreParsedOnce(t *testing.T) {
                first, _ := cachedLayout("Fills: symbol 8")
                second, _ := cachedLayout("Fills: symbol 8")
                if first != second {
                    t.Error("parsed twice")
                }
            }
            """)
    ]
}
