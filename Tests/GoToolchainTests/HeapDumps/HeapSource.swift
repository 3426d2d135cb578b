/// Go programs that keep objects alive in every way there is.
enum HeapSource {
    /// The files of a module with `BenchmarkKeep`, whose iterations each keep one object of each function `new…`.
    static let files = ["m_test.go": test, "p.v2/p.go": "package p\n\n// Kept is full.\nvar Kept []any\n"]

    /// What holds the object that each function allocates; of `newForgotten` none is left.
    static let retainers = [
        "newCached": "example.com/m.cache", "newPart": "example.com/m.parts", "newNested": "example.com/m.nested",
        "newShared": "example.com/m.shared", "newHidden": "example.com/m.hidden", "newStatic": "example.com/m.static",
        "newCaptured": "example.com/m.hooks", "newTimed": "example.com/m.timers", "newNear": "example.com/m.near",
        "newDotted": "example.com/m/p.v2.Kept", "newName": "example.com/m.names", "newFlag": "flag.CommandLine",
        "newRunning": "runtime.allp",
    ]

    private static let test = """
        package m

        import (
        \t"flag"
        \t"fmt"
        \t"runtime"
        \t"sync"
        \t"testing"
        \t"time"

        \tp "example.com/m/p.v2"
        )

        type entry struct {
        \tname  string
        \tvalue [5]int64
        \tnext  *entry
        }

        func (e *entry) String() string     { return "" }
        func (e *entry) Set(s string) error { return nil }

        type list struct{ entries []*entry }

        type outer struct {
        \tname string
        \tin   *list
        }

        var (
        \tcache  = map[string]*entry{}
        \tparts  [][]int64
        \tnested struct {
        \t\tcount int
        \t\tdeep  struct{ lists map[int]*list }
        \t}
        \tshared sync.Map
        \thidden interface{} = &list{}
        \tstatic             = []outer{{"a", nil}, {"b", &list{}}}
        \thooks  []func() int64
        \ttimers []*time.Timer
        \tnear   []*entry
        \tfar    = map[int]map[int]*list{0: {0: {}}}
        \tnames  = map[string]int{}
        \tnever  = make(chan int)
        \tcount  int
        )

        \(["Cached", "Nested", "Shared", "Hidden", "Static", "Captured", "Timed", "Near", "Dotted", "Flag", "Running",
            "Forgotten", "Local", "Pointed", "Deferred", "Sent", "Final", "Last"].map(allocator).joined(separator: "\n"))
        //go:noinline
        func newPart() []int64 {
        \treturn make([]int64, 9)
        }

        //go:noinline
        func newName() string {
        \treturn fmt.Sprintf("a name of more than thirty-two bytes, %d", count)
        }

        func local(e *entry) {
        \t<-never
        \tfmt.Println(e)
        }

        //go:noinline
        func wait(l *[3]*entry) { <-never }

        func pointed() {
        \tvar l [3]*entry
        \tl[count%3] = newPointed()
        \twait(&l)
        \tfmt.Println(l[count%3])
        }

        func deferred(times int) {
        \tfor i := 0; i < times; i++ {
        \t\te := newDeferred()
        \t\tdefer func() { e.next = nil }()
        \t}
        \t<-never
        }

        func sent() {
        \tc := make(chan *entry, 1)
        \tc <- newSent()
        \tc <- nil
        }

        func keep() {
        \tcount++
        \tcache[fmt.Sprint(count)] = newCached()
        \tparts = append(parts, newPart()[3:4])
        \tif nested.deep.lists == nil {
        \t\tnested.deep.lists = map[int]*list{}
        \t}
        \tnested.deep.lists[count] = &list{[]*entry{nil, newNested()}}
        \tshared.Store(count, newShared())
        \tl := hidden.(*list)
        \tl.entries = append(l.entries, newHidden())
        \tstatic[1].in.entries = append(static[1].in.entries, newStatic())
        \tcaptured := newCaptured()
        \thooks = append(hooks, func() int64 { return captured.value[1] })
        \ttimed, running := newTimed(), newRunning()
        \ttimers = append(timers, time.AfterFunc(time.Hour, func() { timed.next = nil }))
        \ttime.AfterFunc(time.Hour, func() { running.next = nil })
        \tboth := newNear()
        \tfar[0][0].entries = append(far[0][0].entries, both)
        \tnear = append(near, both)
        \tp.Kept = append(p.Kept, &list{[]*entry{newDotted()}})
        \tnames[newName()] = count
        \tflag.Var(newFlag(), fmt.Sprint("flag", count), "")
        \tnewForgotten()
        \tgo local(newLocal())
        \tgo pointed()
        \tgo deferred(1)
        \tgo sent()
        \tfinal, last := newFinal(), newLast()
        \tfinal.next, last.next = last, final
        \truntime.SetFinalizer(final, func(*entry) {})
        }

        func BenchmarkKeep(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tkeep()
        \t}
        }

        """

    private static func allocator(_ name: String) -> String {
        """
        //go:noinline
        func new\(name)() *entry {
        \te := new(entry) // new\(name)
        \tcount := int64(count)
        \te.value[1] = count
        \treturn e
        }

        """
    }
}
