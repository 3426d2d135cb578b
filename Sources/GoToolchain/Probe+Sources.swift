import Benchmarks

extension Probe {
    /// The file that is added to `testing`.
    static let source = """
        package testing

        import (
        \t"fmt"
        \t"runtime"
        \t"time"
        )

        // allocbisectLevels is what is alive, and for how many goroutines there are descriptors of ended ones.
        type allocbisectLevels struct {
        \tgoroutines     int
        \tbytes, objects uint64
        \tspare          int
        }

        // allocbisectBefore is what was alive when the last run of the benchmark began, and allocbisectStart when that
        // was.
        var allocbisectBefore allocbisectLevels
        var allocbisectStart time.Time

        // allocbisectNow collects garbage first.
        func allocbisectNow() allocbisectLevels {
        \truntime.GC()
        \tvar memory runtime.MemStats
        \truntime.ReadMemStats(&memory)
        \treturn allocbisectLevels{runtime.NumGoroutine(), memory.HeapAlloc, memory.Mallocs - memory.Frees, 0}
        }

        // allocbisectRun is called before each run of a benchmark. What is alive before the last one belongs to the
        // benchmark itself, with what its first iteration set up or took away, so that the order of benchmarks moves
        // nothing.
        func allocbisectRun(b *B, n int) {
        \tif n == 1 && b.benchTime.n > 1 {
        \t\treturn
        \t}
        \tallocbisectMark(b)
        }

        // allocbisectAlone is how many goroutines there are before any package of the user's begins.
        var allocbisectAlone = runtime.NumGoroutine()

        // allocbisectSpare tells for how many new goroutines the runtime has descriptors, which it keeps for ever, and
        // the bytes of one. It makes goroutines, which don't run yet, until the runtime allocates a descriptor.
        func allocbisectSpare() (spare int, size uint64) {
        \tdefer allocbisectAwait(runtime.NumGoroutine())
        \tdefer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
        \tvar before, after runtime.MemStats
        \tfor batch := 2; ; batch *= 2 {
        \t\truntime.ReadMemStats(&before)
        \t\tfor i := 0; i < batch; i++ {
        \t\t\tgo allocbisectNothing()
        \t\t}
        \t\truntime.ReadMemStats(&after)
        \t\tspare += batch
        \t\tif made := after.Mallocs - before.Mallocs; made > 0 {
        \t\t\treturn spare - int(made), (after.TotalAlloc - before.TotalAlloc) / made
        \t\t}
        \t}
        }

        func allocbisectNothing() {}

        // allocbisectAwait lets the goroutines that were made end, so that nobody counts them.
        func allocbisectAwait(count int) {
        \tfor tries := 0; tries < 1000 && runtime.NumGoroutine() > count; tries++ {
        \t\truntime.Gosched()
        \t}
        }

        // allocbisectMark is also called when b.Loop begins, since there is no run before it.
        func allocbisectMark(b *B) {
        \tlast := allocbisectNow()
        \tfor rounds := 0; rounds < 4; rounds++ {
        \t\tnow := allocbisectNow()
        \t\tif now.objects == last.objects && now.goroutines == last.goroutines {
        \t\t\tbreak
        \t\t}
        \t\tlast = now
        \t}
        \t// Goroutines of the run before may be about to end. Each benchmark that this one is part of has one of its own.
        \talone := allocbisectAlone
        \tfor parent := b.parent; parent != nil; parent = parent.parent {
        \t\talone++
        \t}
        \tfor pause := time.Millisecond; last.goroutines > alone && pause < 10*time.Millisecond; {
        \t\ttime.Sleep(pause)
        \t\tnow := allocbisectNow()
        \t\tif pause *= 2; now.goroutines < last.goroutines {
        \t\t\tpause = time.Millisecond
        \t\t}
        \t\tlast = now
        \t}
        \t// The benchmark itself runs in a goroutine, which has ended by the time of the probe.
        \tlast.goroutines--
        \tlast.spare, _ = allocbisectSpare()
        \tallocbisectBefore, allocbisectStart = last, time.Now()
        }

        // allocbisectSettled collects garbage until nothing changes any more. Where nothing has grown, a few rounds
        // show it. Otherwise something may be about to end: finalizers, one after the other, or goroutines, which get a
        // quarter of a second in which nothing changes, and two seconds in all.
        func allocbisectSettled(before allocbisectLevels) (last allocbisectLevels, isSettled bool) {
        \tdeadline := time.NewTimer(2 * time.Second)
        \tdefer deadline.Stop()
        \tlast = allocbisectNow()
        \tpause, same := time.Duration(0), 0
        \tfor {
        \t\tnow := allocbisectNow()
        \t\tif now.objects == last.objects && now.goroutines == last.goroutines {
        \t\t\tsame++
        \t\t} else {
        \t\t\tpause, same = 0, 0
        \t\t}
        \t\tlast = now
        \t\tswitch isMore := now.goroutines > before.goroutines; {
        \t\tcase !isMore && now.objects <= before.objects+16 && same > 0, pause > 128*time.Millisecond,
        \t\t\t!isMore && pause > 8*time.Millisecond:
        \t\t\treturn last, true
        \t\t}
        \t\tif !allocbisectFinalized(deadline.C) {
        \t\t\treturn allocbisectNow(), false
        \t\t}
        \t\ttime.Sleep(pause)
        \t\tif pause *= 2; pause == 0 && same > 0 {
        \t\t\tpause = time.Millisecond
        \t\t}
        \t}
        }

        // allocbisectCleaned has a channel closed after the cleanups that are due; nil where Go has none.
        var allocbisectCleaned func(done chan struct{})

        // allocbisectFinalized waits until the finalizers and cleanups that are due have run: one that becomes due
        // after them runs after them.
        func allocbisectFinalized(deadline <-chan time.Time) bool {
        \tfinalized, cleaned := make(chan struct{}), make(chan struct{})
        \tlast := new([2]*int)
        \truntime.SetFinalizer(last, func(*[2]*int) { close(finalized) })
        \tif allocbisectCleaned != nil {
        \t\tallocbisectCleaned(cleaned)
        \t} else {
        \t\tclose(cleaned)
        \t}
        \tfor _, done := range []chan struct{}{finalized, cleaned} {
        \t\truntime.GC()
        \t\tselect {
        \t\tcase <-done:
        \t\tcase <-deadline:
        \t\t\treturn false
        \t\t}
        \t}
        \treturn true
        }

        func allocbisectProbe(r BenchmarkResult) string {
        \twall := time.Since(allocbisectStart)
        \tbefore := allocbisectBefore
        \tnow, isSettled := allocbisectSettled(before)
        \tif now.objects > before.objects+16 {
        \t\t// Descriptors of goroutines that have ended are nothing that the benchmark holds on to.
        \t\tif spare, size := allocbisectSpare(); spare > before.spare {
        \t\t\tnow.objects -= uint64(spare - before.spare)
        \t\t\tnow.bytes -= uint64(spare-before.spare) * size
        \t\t}
        \t}
        \tmore := now.goroutines - before.goroutines
        \tif more < 0 {
        \t\t// Those that ended meanwhile were another run's.
        \t\tmore = 0
        \t}
        \tunsettled := ""
        \tif !isSettled {
        \t\tunsettled = "1 \(ProbeUnit.unsettled.rawValue)\\t"
        \t}
        \treturn allocbisectSnapshot(now.goroutines > before.goroutines) + unsettled + fmt.Sprintf(
        \t\t"%d \(ProbeUnit.wall.rawValue)\\t%d probe-mallocs\\t%d probe-bytes\\t%d probe-goroutines\\t"+
        \t\t\t"%d probe-live-bytes\\t%d probe-live-objects\\t", wall.Nanoseconds(),
        \t\tr.MemAllocs, r.MemBytes, more,
        \t\tint64(now.bytes-before.bytes), int64(now.objects-before.objects))
        }

        """

    /// The file that is added to `testing` for Go 1.24 and newer.
    static let cleanupSource = """
        //go:build go1.24

        package testing

        import "runtime"

        func init() {
        \tallocbisectCleaned = func(done chan struct{}) {
        \t\truntime.AddCleanup(new([2]*int), func(done chan struct{}) { close(done) }, done)
        \t}
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
