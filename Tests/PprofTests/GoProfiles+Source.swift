extension GoProfiles {
    /// A generic package, in which every call of `Add` allocates as the map grows.
    static let set = """
        package set

        type Set[T comparable] struct{ items map[T]int }

        func (s *Set[T]) Add(item T) {
        \tif s.items == nil {
        \t\ts.items = make(map[T]int)
        \t}
        \ts.items[item] = len(s.items)
        }

        //go:noinline
        func Box[T any](value T) *T { return &value }

        """

    /// What the benchmark works on. `Work` keeps one object of 64 bytes for each call.
    static let work = """
        package m

        import (
        \t"fmt"

        \t"example.com/m/set"
        )

        var (
        \tsink interface{}
        \tkept = make([]*[64]byte, 0, 1<<16)
        )

        func inner(n int) []int { return make([]int, n) }

        func outer(n int) []int { return inner(n) }

        func grow(n int) []string {
        \tvar out []string
        \tfor i := 0; i < n; i++ {
        \t\tout = append(out, fmt.Sprintf("a text of some length %d", i))
        \t}
        \treturn out
        }

        func descend(n int) {
        \tif n == 0 {
        \t\tsink = new([100]byte)
        \t\treturn
        \t}
        \tdescend(n - 1)
        }

        func Work() {
        \tvar s set.Set[string]
        \tfor _, text := range grow(10) {
        \t\ts.Add(text)
        \t}
        \tsink = set.Box([20]int{})
        \tsink = set.Box("text")
        \tsink = outer(20)
        \tdescend(3)
        \tkept = append(kept, new([64]byte))
        }

        """

    /// The benchmark, and a test that writes a profile of goroutines.
    static let test = """
        package m

        import (
        \t"os"
        \t"runtime"
        \t"runtime/pprof"
        \t"testing"
        )

        func BenchmarkWork(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tWork()
        \t}
        }

        func write(t *testing.T, profile, name string) {
        \truntime.GC()
        \tfile, err := os.Create(os.Getenv("PROFILES") + "/" + name + ".pprof")
        \tif err != nil {
        \t\tt.Fatal(err)
        \t}
        \tdefer file.Close()
        \tif err := pprof.Lookup(profile).WriteTo(file, 0); err != nil {
        \t\tt.Fatal(err)
        \t}
        }

        func wait(stop chan int) { <-stop }

        func TestProfiles(t *testing.T) {
        \tstop := make(chan int)
        \tfor i := 0; i < 9; i++ {
        \t\tgo wait(stop)
        \t}
        \truntime.Gosched()
        \twrite(t, "goroutine", "goroutine")
        \tclose(stop)
        }

        """
}
