import Benchmarks

extension Scenario {
    /// Code that allocates more often.
    static let allocations = [
        appendGrowth, formattedKey, boxing, closureCapture, lostInlining, conversion, deferInLoop, poolNotRefilled,
        formattedText, escapingVariable,
    ]

    /// Growth of a slice moves from one `make` to the `append` below it; other code is written anew at the same cost.
    private static let appendGrowth = Scenario(
        "append growth", .allocations, advice: "odd grows piece by piece",
        [
            "m.go": """
            package m

            // Squares returns the first squares, each in a place of its own.
            +// The very first one is nought.
            func Squares(count int) []*int64 {
            \tsquares := make([]*int64, count)
            \tfor i := range squares {
            -\t\tsquare := int64(i * i)
            -\t\tsquares[i] = &square
            +\t\tsquares[i] = new(int64)
            +\t\t*squares[i] = int64(i * i)
            \t}
            \treturn squares
            }

            // Odd returns the odd numbers below limit.
            func Odd(limit int) []int {
            -\todd := make([]int, 0, limit/2)
            +\tvar odd []int
            \tfor n := 1; n < limit; n += 2 {
            \t\todd = append(odd, n) // seeded
            \t}
            \treturn odd
            }
            """,
            "m_test.go": test(
                calling: "squares, odd = Squares(8), Odd(200)",
                declaring: "var (\n\tscratch []byte\n\tsquares []*int64\n\todd     []int\n)"),
        ])

    /// The address of a variable goes to a function that keeps it.
    private static let escapingVariable = Scenario(
        "variable that began to escape", .allocations, advice: "through keep(&at)",
        [
            "m.go": """
            package m

            type point struct{ x, y, z int }

            var last *point

            func keep(p *point) int {
            \tlast = p
            \treturn p.x
            }

            // Length returns the way from the origin along the axes.
            func Length(x, y, z int) int {
            \tat := point{x, y, z} // seeded
            -\treturn at.x + at.y + at.z
            +\treturn keep(&at) + at.y + at.z
            }
            """,
            "m_test.go": test(calling: "Length(i, i, i)"),
        ])

    /// Four numbers of eight bytes without pointers, which Go puts together in blocks of sixteen bytes.
    private static let boxing = Scenario(
        "interface boxing", .allocations, advice: "put into an interface",
        [
            "m.go": """
            package m

            -var recent [4]int64
            +// The last box that was recorded: width, height, depth and volume.
            +// Whoever prints it wants values of any type.
            +var recent [4]any

            // Record keeps the measures of a box and returns its label.
            func Record(width, height, depth int64, name string) []byte {
            -\trecent = [4]int64{width, height, depth, width * height * depth}
            -\treturn append([]byte(nil), name...)
            +\trecent = [4]any{width, height, depth, width * height * depth} // seeded
            +\tlabel := append([]byte(nil), name...)
            +\treturn label
            }
            """,
            "m_test.go": test(calling: "n := int64(i + 300)\n\t\tscratch = Record(n, n+1, n+2, \"a box's long name\")"),
        ])

    /// A function literal that outlives the call, next to an allocation that stays.
    private static let closureCapture = Scenario(
        "closure capture", .allocations, advice: "what it captures",
        [
            "m.go": """
            package m

            // Job is a piece of work.
            type Job struct{ id, cost int }

            -var latest *Job
            +var (
            +\tlatest  *Job
            +\tpending [8]func() int
            +)

            // Submit makes a job and has it weighed.
            func Submit(id int) {
            +\tlatest = &Job{id: id, cost: -1}
            -\tlatest = &Job{id: id, cost: weigh(id)}
            +\tpending[id%len(pending)] = func() int { return weigh(id) } // seeded
            }

            func weigh(id int) int { return id * 3 }
            """,
            "m_test.go": test(calling: "Submit(i)"),
        ])

    /// A constructor becomes too large to be inlined, so that what it returns no longer stays on the caller's stack.
    private static let lostInlining = Scenario(
        "lost inlining", .allocations,
        [
            "m.go": """
            package m

            +import "sync"
            +
            +var counting sync.Mutex
            +var spans int
            +
            type span struct{ from, to, step int }

            // Reverse returns a text from its end to its start.
            func Reverse(text string) []byte {
            \treversed := make([]byte, 0, len(text))
            \ts := newSpan(len(text)-1, 0, -1)
            \tfor i := s.from; i >= s.to; i += s.step {
            \t\treversed = append(reversed, text[i])
            \t}
            \treturn reversed
            }

            func newSpan(from, to, step int) *span {
            +\tcounting.Lock()
            +\tdefer counting.Unlock()
            +\tspans++
            \treturn &span{from, to, step} // seeded
            }
            """,
            "m_test.go": test(calling: "scratch = Reverse(\"never odd or even, and longer than a word\")"),
        ])

    /// Go reuses the records of deferred calls; what a call is bound to is allocated each time.
    private static let deferInLoop = Scenario(
        "defer in a loop", .allocations, advice: "a defer in a loop",
        [
            "m.go": """
            package m

            import "sync"

            type shard struct {
            \tsync.Mutex
            \tcount int
            }

            var shards [4]shard

            // Counts returns the count of each shard.
            func Counts() []*int {
            \tcounts := make([]*int, 0, len(shards))
            \tfor i := range shards {
            \t\ts := &shards[i]
            \t\ts.Lock()
            +\t\tdefer s.Unlock() // seeded
            \t\tcount := s.count
            -\t\ts.Unlock()
            \t\tcounts = append(counts, &count)
            \t}
            \treturn counts
            }
            """,
            "m_test.go": test(calling: "scratch = scratch[:*Counts()[0]]"),
        ])

    /// Pages are allocated where they always were, but no longer used twice.
    private static let poolNotRefilled = Scenario(
        "sync.Pool not refilled", .allocations, advice: "defer pages.Put",
        [
            "m.go": """
            package m

            import "sync"

            type page [512]byte

            +// A page keeps what was written to it before.
            var pages = sync.Pool{New: func() any { return new(page) }} // seeded

            // Render writes a title to a page and returns what was written.
            func Render(title string) []byte {
            \tp := pages.Get().(*page)
            -\tdefer pages.Put(p)
            \tn := copy(p[:], title)
            -\treturn append([]byte(nil), p[:n]...)
            +\twritten := make([]byte, n)
            +\tcopy(written, p[:n])
            +\treturn written
            }
            """,
            "m_test.go": test(calling: "scratch = Render(\"a title that is longer than sixteen bytes\")"),
        ])
}
