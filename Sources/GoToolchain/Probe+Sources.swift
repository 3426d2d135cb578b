extension Probe {
    /// The file that is added to `testing`.
    static let source = """
        package testing

        import (
        \t"fmt"
        \t"runtime"
        \t"time"
        )

        // allocbisectLevels is what was alive when the benchmark before ended, or when the process started.
        type allocbisectLevels struct {
        \tgoroutines     int
        \tbytes, objects uint64
        }

        var allocbisectBefore = allocbisectNow(1)

        // allocbisectNow collects garbage twice, which also empties pools, and gives goroutines that are about to end
        // a few milliseconds to do so.
        func allocbisectNow(expected int) allocbisectLevels {
        \truntime.GC()
        \tcount := runtime.NumGoroutine()
        \tfor quiet := 0; count > expected && quiet < 5; quiet++ {
        \t\ttime.Sleep(time.Millisecond)
        \t\tif now := runtime.NumGoroutine(); now < count {
        \t\t\tcount, quiet = now, -1
        \t\t}
        \t}
        \truntime.GC()
        \tvar memory runtime.MemStats
        \truntime.ReadMemStats(&memory)
        \treturn allocbisectLevels{count, memory.HeapAlloc, memory.Mallocs - memory.Frees}
        }

        func allocbisectProbe(r BenchmarkResult) string {
        \tbefore := allocbisectBefore
        \tnow := allocbisectNow(before.goroutines)
        \tallocbisectBefore = now
        \treturn allocbisectSnapshot(now.goroutines > before.goroutines) + fmt.Sprintf(
        \t\t"%d probe-mallocs\\t%d probe-bytes\\t%d probe-goroutines\\t%d probe-live-bytes\\t%d probe-live-objects\\t",
        \t\tr.MemAllocs, r.MemBytes, now.goroutines-before.goroutines,
        \t\tint64(now.bytes-before.bytes), int64(now.objects-before.objects))
        }

        """

    /// The file that is added to `testing` on Linux.
    static let linuxSource = """
        package testing

        import "syscall"

        // A benchmark ends with the program that started it, even when that is killed: PR_SET_PDEATHSIG, SIGKILL.
        func init() {
        \tsyscall.RawSyscall(syscall.SYS_PRCTL, 1, 9, 0)
        }

        """
}
