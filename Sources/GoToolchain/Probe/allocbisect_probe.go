package testing

import (
	"fmt"
	"runtime"
	"time"
)

// allocbisectLevels is what is alive, and for how many goroutines there are descriptors of ended ones.
type allocbisectLevels struct {
	goroutines     int
	bytes, objects uint64
	spare          int
}

// allocbisectBefore is what was alive when the last run of the benchmark began, and allocbisectStart when that
// was.
var allocbisectBefore allocbisectLevels
var allocbisectStart time.Time

// allocbisectNow collects garbage first.
func allocbisectNow() allocbisectLevels {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return allocbisectLevels{runtime.NumGoroutine(), memory.HeapAlloc, memory.Mallocs - memory.Frees, 0}
}

// allocbisectRun is called before each run of a benchmark. What is alive before the last one belongs to the
// benchmark itself, with what its first iteration set up or took away, so that the order of benchmarks moves
// nothing.
func allocbisectRun(b *B, n int) {
	if n == 1 && b.benchTime.n > 1 {
		return
	}
	allocbisectMark(b)
}

// allocbisectAlone is how many goroutines there are before any package of the user's begins.
var allocbisectAlone = runtime.NumGoroutine()

// allocbisectSpare tells for how many new goroutines the runtime has descriptors, which it keeps for ever, and
// the bytes of one. It makes goroutines, which don't run yet, until the runtime allocates a descriptor.
func allocbisectSpare() (spare int, size uint64) {
	defer allocbisectAwait(runtime.NumGoroutine())
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var before, after runtime.MemStats
	for batch := 2; ; batch *= 2 {
		runtime.ReadMemStats(&before)
		for i := 0; i < batch; i++ {
			go allocbisectNothing()
		}
		runtime.ReadMemStats(&after)
		spare += batch
		if made := after.Mallocs - before.Mallocs; made > 0 {
			return spare - int(made), (after.TotalAlloc - before.TotalAlloc) / made
		}
	}
}

func allocbisectNothing() {}

// allocbisectAwait lets the goroutines that were made end, so that nobody counts them.
func allocbisectAwait(count int) {
	for tries := 0; tries < 1000 && runtime.NumGoroutine() > count; tries++ {
		runtime.Gosched()
	}
}

// allocbisectMark is also called when b.Loop begins, since there is no run before it.
func allocbisectMark(b *B) {
	last := allocbisectNow()
	for rounds := 0; rounds < 4; rounds++ {
		now := allocbisectNow()
		if now.objects == last.objects && now.goroutines == last.goroutines {
			break
		}
		last = now
	}
	// Goroutines of the run before may be about to end. Each benchmark that this one is part of has one of its own.
	alone := allocbisectAlone
	for parent := b.parent; parent != nil; parent = parent.parent {
		alone++
	}
	for pause := time.Millisecond; last.goroutines > alone && pause < 10*time.Millisecond; {
		time.Sleep(pause)
		now := allocbisectNow()
		if pause *= 2; now.goroutines < last.goroutines {
			pause = time.Millisecond
		}
		last = now
	}
	// The benchmark itself runs in a goroutine, which has ended by the time of the probe.
	last.goroutines--
	last.spare, _ = allocbisectSpare()
	allocbisectBefore, allocbisectStart = last, time.Now()
}

// allocbisectSettled collects garbage until nothing changes any more. Where nothing has grown, a few rounds
// show it. Otherwise something may be about to end: finalizers, one after the other, or goroutines, which get a
// quarter of a second in which nothing changes, and two seconds in all.
func allocbisectSettled(before allocbisectLevels) (last allocbisectLevels, isSettled bool) {
	deadline := time.NewTimer(2 * time.Second)
	defer deadline.Stop()
	last = allocbisectNow()
	pause, same := time.Duration(0), 0
	for {
		now := allocbisectNow()
		if now.objects == last.objects && now.goroutines == last.goroutines {
			same++
		} else {
			pause, same = 0, 0
		}
		last = now
		switch isMore := now.goroutines > before.goroutines; {
		case !isMore && now.objects <= before.objects+16 && same > 0, pause > 128*time.Millisecond,
			!isMore && pause > 8*time.Millisecond:
			return last, true
		}
		if !allocbisectFinalized(deadline.C) {
			return allocbisectNow(), false
		}
		time.Sleep(pause)
		if pause *= 2; pause == 0 && same > 0 {
			pause = time.Millisecond
		}
	}
}

// allocbisectCleaned has a channel closed after the cleanups that are due; nil where Go has none.
var allocbisectCleaned func(done chan struct{})

// allocbisectFinalized waits until the finalizers and cleanups that are due have run: one that becomes due
// after them runs after them.
func allocbisectFinalized(deadline <-chan time.Time) bool {
	finalized, cleaned := make(chan struct{}), make(chan struct{})
	last := new([2]*int)
	runtime.SetFinalizer(last, func(*[2]*int) { close(finalized) })
	if allocbisectCleaned != nil {
		allocbisectCleaned(cleaned)
	} else {
		close(cleaned)
	}
	for _, done := range []chan struct{}{finalized, cleaned} {
		runtime.GC()
		select {
		case <-done:
		case <-deadline:
			return false
		}
	}
	return true
}

func allocbisectProbe(r BenchmarkResult) string {
	wall := time.Since(allocbisectStart)
	before := allocbisectBefore
	now, isSettled := allocbisectSettled(before)
	if now.objects > before.objects+16 {
		// Descriptors of goroutines that have ended are nothing that the benchmark holds on to.
		if spare, size := allocbisectSpare(); spare > before.spare {
			now.objects -= uint64(spare - before.spare)
			now.bytes -= uint64(spare-before.spare) * size
		}
	}
	more := now.goroutines - before.goroutines
	if more < 0 {
		// Those that ended meanwhile were another run's.
		more = 0
	}
	unsettled := ""
	if !isSettled {
		unsettled = "1 probe-unsettled\t"
	}
	return allocbisectSnapshot(now.goroutines > before.goroutines) + unsettled + fmt.Sprintf(
		"%d probe-wall-ns\t%d probe-mallocs\t%d probe-bytes\t%d probe-goroutines\t"+
			"%d probe-live-bytes\t%d probe-live-objects\t", wall.Nanoseconds(),
		r.MemAllocs, r.MemBytes, more,
		int64(now.bytes-before.bytes), int64(now.objects-before.objects))
}
