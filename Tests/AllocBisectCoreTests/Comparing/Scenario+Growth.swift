import Benchmarks

extension Scenario {
    /// Code that leaves more behind: goroutines, objects, bytes.
    ///
    /// Benchmarks yield to goroutines that can end, which are then used again and leave nothing behind.
    static let growth = [
        blockedSender, blockedReceiver, tickerLoop, mapCache, backingArray, copiedList, contextNeverCancelled,
        timerNeverStopped,
    ]

    /// The room that lets a sender end without a receiver is taken away; another goroutine ends as before.
    private static let blockedSender = Scenario(
        "blocked sender", .goroutines, advice: "buffer the channel",
        [
            "m.go": """
            package m

            // Ask puts a question, and waits for the answer unless it is in a hurry.
            func Ask(question int, hurry bool) int {
            -\tanswers := make(chan int, 1)
            +\t// There is at most one answer, which goes
            +\t// straight to whoever waits for it.
            +\tanswers := make(chan int)
            \tgo func() {
            \t\tanswers <- question * question // seeded
            \t}()
            \tif hurry {
            \t\treturn 0
            \t}
            \treturn <-answers
            }
            """,
            "m_test.go": test(calling: "Ask(Ask(i, true), false)\n\t\truntime.Gosched()", importing: "runtime"),
        ])

    /// Nobody closes the channel that ends a goroutine; one more goroutine lives on for good in both versions.
    private static let blockedReceiver = Scenario(
        "blocked receiver", .goroutines, advice: "or closes it any more",
        [
            "m.go": """
            package m

            import "sync"

            var (
            \tstart    sync.Once
            \trequests = make(chan int)
            )

            func serve() {
            \tfor range requests {
            \t}
            }

            // Watch has a goroutine look at a value until it is told to stop.
            func Watch(value int) int {
            \tstart.Do(func() { go serve() })
            \tseen, stop := make(chan int), make(chan struct{})
            -\tdefer close(stop)
            \tgo func() {
            \t\tseen <- value
            \t\t<-stop // seeded
            \t}()
            \trequests <- value
            +\tif value < 0 {
            +\t\tclose(stop)
            +\t}
            \treturn <-seen
            }
            """,
            "m_test.go": test(calling: "Watch(i)"),
        ])

    /// A goroutine waits for a ticker alone and is never told to end.
    private static let tickerLoop = Scenario(
        "ticker never stopped", .goroutines, advice: "or closes it any more",
        [
            "m.go": """
            package m

            import "time"

            // Poller counts hours.
            type Poller struct {
            \thours int
            \tstop  chan struct{}
            }

            // Start starts a poller.
            func Start() *Poller {
            \tp := &Poller{stop: make(chan struct{})}
            \tgo p.run()
            \treturn p
            }

            // Stop ends a poller.
            func (p *Poller) Stop() { close(p.stop) }

            func (p *Poller) run() {
            \tticker := time.NewTicker(time.Hour)
            -\tdefer ticker.Stop()
            -\tfor {
            -\t\tselect {
            -\t\tcase <-ticker.C:
            -\t\t\tp.hours++
            -\t\tcase <-p.stop:
            -\t\t\treturn
            -\t\t}
            -\t}
            +\tfor range ticker.C { // seeded
            +\t\tp.hours++
            +\t}
            }
            """,
            "m_test.go": test(calling: "Start().Stop()\n\t\truntime.Gosched()", importing: "runtime"),
        ])

    /// A map is no longer emptied: as much is allocated as before, but it stays.
    private static let mapCache = Scenario(
        "map cache", .retainedObjects, advice: "m.entries only grows",
        [
            "m.go": """
            package m

            type entry struct {
            \tkey  int
            \tuses [3]int
            }

            var entries = map[int]*entry{}

            // Trail returns the last steps to a key.
            func Trail(key int) []*int {
            \ttrail := make([]*int, 4)
            \tfor i := range trail {
            -\t\tstep := key - i
            -\t\ttrail[i] = &step
            +\t\ttrail[i] = new(int)
            +\t\t*trail[i] = key - i
            \t}
            \treturn trail
            }

            // Entry returns the entry of a key, which is made when there is none.
            func Entry(key int) *entry {
            \tif found := entries[key]; found != nil {
            \t\treturn found
            \t}
            -\tif len(entries) == 20 {
            -\t\tentries = map[int]*entry{}
            -\t}
            \tmade := &entry{key: key} // seeded
            \tentries[key] = made
            \treturn made
            }
            """,
            "m_test.go": test(calling: "Entry(*Trail(i)[0]).uses[0]++"),
        ])

    /// As many objects stay as before, but larger ones: a header keeps its whole page alive.
    private static let backingArray = Scenario(
        "slice of a large buffer", .retainedBytes, advice: "m.headers only grows",
        [
            "m.go": """
            package m

            import "io"

            var headers [][]byte

            // Load reads a page and keeps its header.
            func Load(r io.Reader) (int, error) {
            \tpage := make([]byte, 4096) // seeded
            \tn, err := r.Read(page)
            -\theader := make([]byte, 16)
            -\tcopy(header, page)
            -\theaders = append(headers, header)
            +\theaders = append(headers, page[:16])
            \treturn n, err
            }
            """,
            "m_test.go": test(calling: "Load(bytes.NewReader(scratch))", importing: "bytes"),
        ])

    /// A context of its own for each question stays with its parent.
    private static let contextNeverCancelled = Scenario(
        "context never cancelled", .retainedObjects, advice: "defer its cancel function",
        [
            "m.go": """
            package m

            import "context"

            var root, stop = context.WithCancel(context.Background())

            // Ask answers a question, with a context of its own.
            func Ask(question int) int {
            -\tctx, cancel := context.WithCancel(root)
            -\tdefer cancel()
            +\tctx, _ := context.WithCancel(root) // seeded
            \tif ctx.Err() != nil {
            \t\tstop()
            \t}
            \treturn question * question
            }
            """,
            "m_test.go": test(calling: "Ask(i)"),
        ])

    /// A timer waits for an hour although the answer is there.
    private static let timerNeverStopped = Scenario(
        "timer never stopped", .retainedObjects, advice: "defer its Stop", isHeld: false,
        [
            "m.go": """
            package m

            import "time"

            var late int

            // Ask answers a question, and notes those that take an hour.
            func Ask(question int) int {
            -\tdefer time.AfterFunc(time.Hour, func() { late++ }).Stop()
            +\ttime.AfterFunc(time.Hour, func() { late++ }) // seeded
            \treturn question * question
            }
            """,
            "m_test.go": test(calling: "Ask(i)"),
        ])
}
