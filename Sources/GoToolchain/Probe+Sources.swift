extension Probe {
    /// The file that is added to `testing`.
    static let source = """
        package testing

        import (
        \t"fmt"
        \t"os"
        \t"runtime"
        \t"runtime/debug"
        \t"runtime/pprof"
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

        // allocbisectFolder is where profiles are wanted, if they are.
        var allocbisectFolder, allocbisectSnapshots = os.Getenv("\(profilesVariable)"), 0

        var allocbisectDumpsHeap = os.Getenv("\(heapDumpVariable)") != ""

        // allocbisectSnapshot writes the profiles of this moment, and what goroutines do when there are more than before.
        // Leaked ones are marked as such in a dump only after they were looked for, which writing their profile does.
        func allocbisectSnapshot(leaks bool) string {
        \tif allocbisectFolder == "" {
        \t\treturn ""
        \t}
        \tallocbisectSnapshots++
        \t// What writing allocates is no part of the profiles, and noting it takes longer than all the rest.
        \trate := runtime.MemProfileRate
        \truntime.MemProfileRate = 0
        \tdefer func() { runtime.MemProfileRate = rate }()
        \tif allocbisectDumpsHeap {
        \t\tallocbisectDump()
        \t}
        \tallocbisectWrite("heap", ".pb.gz", 0)
        \tallocbisectWrite("goroutine", ".pb.gz", 0)
        \tif leaks {
        \t\tallocbisectWrite("goroutineleak", ".pb.gz", 0)
        \t\tallocbisectWrite("goroutine", ".txt", 2)
        \t}
        \treturn fmt.Sprintf("%d probe-snapshot\\t", allocbisectSnapshots)
        }

        func allocbisectWrite(name, suffix string, debug int) {
        \tif profile := pprof.Lookup(name); profile != nil {
        \t\tallocbisectCreate(name+suffix, func(file *os.File) error { return profile.WriteTo(file, debug) })
        \t}
        }

        // allocbisectDump comes before what else is written, which leaves garbage.
        func allocbisectDump() {
        \tallocbisectCreate("heap.dump", func(file *os.File) error {
        \t\tdebug.WriteHeapDump(file.Fd())
        \t\treturn nil
        \t})
        }

        func allocbisectCreate(name string, write func(*os.File) error) {
        \tfile, err := os.Create(fmt.Sprintf("%s/%d.%s", allocbisectFolder, allocbisectSnapshots, name))
        \tif err == nil {
        \t\terr = write(file)
        \t}
        \tif err == nil {
        \t\terr = file.Close()
        \t}
        \tif err != nil {
        \t\tfmt.Fprintln(os.Stderr, "allocbisect:", err)
        \t}
        }

        """

    /// The environment variable that names the folder for profiles.
    static let profilesVariable = "ALLOCBISECT_PROFILES"
    /// The environment variable that asks for heap dumps among the profiles.
    static let heapDumpVariable = "ALLOCBISECT_HEAP_DUMP"

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
