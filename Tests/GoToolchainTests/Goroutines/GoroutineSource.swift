/// Go programs whose goroutines wait in every way there is, and which write a dump of them.
enum GoroutineSource {
    /// A test that writes the dump to a file, once all of them wait.
    ///
    /// - Parameter findsLeaks: Whether to look for leaked goroutines before, which needs Go 1.27.
    static func test(dump path: String, findsLeaks: Bool = false) -> String {
        """
        package m

        import (
        \t"bytes"
        \t"net"
        \t"os"
        \t"runtime"
        \t"runtime/pprof"
        \t"sync"
        \t"testing"
        \t"time"
        )

        type pair struct {
        \ta, b any
        \ts    []string
        }

        type server struct{ stop chan int }

        func (s *server) wait(p pair, names ...string) { <-s.stop }

        type box[T any] struct{ v T }

        //go:noinline
        func (b *box[T]) hold(c chan T) { <-c }

        //go:noinline
        func generic[K comparable, V any](m map[K]V, c chan V) { <-c }

        //go:noinline
        func deep(n int, c chan int) int {
        \tif n == 0 {
        \t\treturn <-c
        \t}
        \treturn deep(n-1, c) + 1
        }

        func sleepForever() { time.Sleep(time.Hour) }

        func tick() {
        \tfor range time.NewTicker(time.Hour).C {
        \t}
        }

        func never() { select {} }

        func bound() {
        \truntime.LockOSThread()
        \tselect {}
        }

        func choose(c chan int) {
        \tselect {
        \tcase <-c:
        \tcase c <- 1:
        \t}
        }

        func receive(c chan int) { <-c }
        func send(c chan int)    { c <- 1 }

        func leak(count int) {
        \tc := make(chan int)
        \tfor i := 0; i < count; i++ {
        \t\tgo func() { <-c }()
        \t}
        }

        func lock(mu *sync.Mutex)        { mu.Lock() }
        func join(group *sync.WaitGroup) { group.Wait() }

        func await(cond *sync.Cond) {
        \tcond.L.Lock()
        \tcond.Wait()
        }

        func accept(l net.Listener) { l.Accept() }

        // settle waits until all goroutines but this one wait, and returns a dump.
        func settle() []byte {
        \tvar dump bytes.Buffer
        \tfor i := 0; i < 500; i++ {
        \t\tdump.Reset()
        \t\tpprof.Lookup("goroutine").WriteTo(&dump, 2)
        \t\tif bytes.Count(dump.Bytes(), []byte(" [run")) == 1 {
        \t\t\tbreak
        \t\t}
        \t\ttime.Sleep(20 * time.Millisecond)
        \t}
        \treturn dump.Bytes()
        }

        func TestDump(t *testing.T) {
        \tstop := make(chan int)
        \tvar held, free sync.Mutex
        \theld.Lock()
        \tvar group sync.WaitGroup
        \tgroup.Add(1)
        \tgo receive(stop)
        \tgo receive(nil)
        \tgo send(make(chan int))
        \tgo send(nil)
        \tgo choose(nil)
        \tgo never()
        \tgo bound()
        \tgo lock(&held)
        \tgo join(&group)
        \tgo await(sync.NewCond(&free))
        \tgo sleepForever()
        \tgo tick()
        \tif l, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
        \t\tgo accept(l)
        \t}
        \ts := &server{stop}
        \tgo s.wait(pair{1, "()", []string{"x"}}, "a", "b")
        \tgo (&box[string]{}).hold(make(chan string))
        \tgo generic(map[string][]int{}, make(chan []int))
        \tgo deep(200, make(chan int))
        \tleak(5000)
        \tsettle()
        \t\(findsLeaks ? "pprof.Lookup(\"goroutineleak\").WriteTo(os.Stderr, 1)" : "")
        \tos.WriteFile("\(path)", settle(), 0o600)
        \tgroup.Done()
        \theld.Unlock()
        \tclose(stop)
        }

        """
    }
}
