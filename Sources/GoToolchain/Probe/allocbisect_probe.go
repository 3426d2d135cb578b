package testing

import (
	"fmt"
	"runtime"
	"sync/atomic"
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
	if allocbisectIsCounting {
		return
	}
	allocbisectBeginProcess()
	if n == 1 && b.benchTime.n > 1 {
		return
	}
	allocbisectMark(b)
}

// allocbisectAlone is how many goroutines there are before any package of the user's begins.
var allocbisectAlone = runtime.NumGoroutine()

// allocbisectDescriptors is for how many goroutines there were descriptors that nobody used when they were last
// counted, those that the counting made among them.
var allocbisectDescriptors int

// allocbisectIsCounted is 1 when the goroutines that count may end.
var allocbisectIsCounted int32

// allocbisectSpare tells for how many new goroutines the runtime has descriptors, which it keeps forever; how many
// the counting added; and the bytes of one. It makes goroutines until the runtime allocates a descriptor. There are
// hardly more of them than before, or each counting would leave more to the next one to count.
func allocbisectSpare() (spare, made int, size uint64) {
	defer allocbisectAwait(runtime.NumGoroutine())
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	atomic.StoreInt32(&allocbisectIsCounted, 0)
	defer atomic.StoreInt32(&allocbisectIsCounted, 1)
	var before, after runtime.MemStats
	for total, batch := 0, allocbisectDescriptors+1; ; batch = 1 + total/8 {
		runtime.ReadMemStats(&before)
		for i := 0; i < batch; i++ {
			go allocbisectCounted()
		}
		runtime.ReadMemStats(&after)
		total += batch
		if made := after.Mallocs - before.Mallocs; made > 0 {
			allocbisectDescriptors = total
			return total - int(made), int(made), (after.TotalAlloc - before.TotalAlloc) / made
		}
	}
}

// allocbisectCounted keeps its descriptor until all are counted.
func allocbisectCounted() {
	for atomic.LoadInt32(&allocbisectIsCounted) == 0 {
		runtime.Gosched()
	}
}

// allocbisectAwait lets the goroutines that were made end, so that nobody counts them.
func allocbisectAwait(count int) {
	for tries := 0; tries < 1000 && runtime.NumGoroutine() > count; tries++ {
		runtime.Gosched()
	}
}

// allocbisectIsReady tells that the probe has allocated what it keeps for its later calls.
var allocbisectIsReady bool

// allocbisectMark is also called when b.Loop begins, since there is no run before it.
func allocbisectMark(b *B) {
	if allocbisectIsCounting {
		return
	}
	if !allocbisectIsReady {
		allocbisectIsReady = true
		allocbisectFinalized(time.After(time.Second))
	}
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
	spare, made, size := allocbisectSpare()
	last.spare = spare + made
	last.objects += uint64(made)
	last.bytes += uint64(made) * size
	allocbisectBefore, allocbisectStart = last, time.Now()
	allocbisectMarkProcess()
}

// allocbisectSettled collects garbage until nothing changes any more. Where nothing has grown, a few rounds
// show it. Otherwise something may be about to end: finalizers and cleanups that are due, which get ten seconds, or
// goroutines, which get a quarter of a second in which nothing changes, and two seconds in all.
func allocbisectSettled(before allocbisectLevels) (last allocbisectLevels, isSettled bool) {
	due := time.NewTimer(10 * time.Second)
	defer due.Stop()
	last = allocbisectNow()
	pause, same := time.Duration(0), 0
	for deadline := time.Now().Add(2 * time.Second); ; {
		now := allocbisectNow()
		if now.objects == last.objects && now.goroutines == last.goroutines {
			same++
		} else {
			pause, same = 0, 0
		}
		last = now
		isMore := now.goroutines > before.goroutines
		switch {
		case !isMore && now.objects <= before.objects+16 && same > 0, pause > 128*time.Millisecond,
			!isMore && pause > 8*time.Millisecond:
			return now, true
		case time.Now().After(deadline):
			return now, false
		}
		start := time.Now()
		if !allocbisectFinalized(due.C) {
			return allocbisectNow(), false
		}
		deadline = deadline.Add(time.Since(start))
		time.Sleep(pause)
		if pause *= 2; pause == 0 && same > 0 {
			pause = time.Millisecond
		}
	}
}

// allocbisectHasCleanups tells whether there are cleanups that are due and have not run; nil where Go has none, or
// runs them with the finalizers.
var allocbisectHasCleanups func() bool

// allocbisectFinalized waits until the finalizers and cleanups that were due before it have run. One goroutine takes
// all finalizers that are due and runs them in any order, then all that became due meanwhile: so the second of two
// runs after all that were due before the first.
func allocbisectFinalized(giveUp <-chan time.Time) bool {
	for times := 0; times < 2; times++ {
		finalized := make(chan struct{})
		runtime.SetFinalizer(new([2]*int), func(*[2]*int) { close(finalized) })
		runtime.GC()
		select {
		case <-finalized:
		case <-giveUp:
			return false
		}
	}
	for pause := 50 * time.Microsecond; allocbisectHasCleanups != nil && allocbisectHasCleanups(); {
		select {
		case <-time.After(pause):
		case <-giveUp:
			return false
		}
		if pause *= 2; pause > 10*time.Millisecond {
			pause = 10 * time.Millisecond
		}
	}
	return true
}

func allocbisectProbe(r BenchmarkResult) string {
	if allocbisectIsCounting {
		return ""
	}
	wall := time.Since(allocbisectStart)
	before := allocbisectBefore
	taken := allocbisectEndProcess(before)
	now, isSettled := allocbisectSettled(before)
	if now.objects > before.objects+16 || now.goroutines > before.goroutines {
		// Descriptors of goroutines that have ended are nothing that the benchmark holds on to; those of goroutines that
		// go on are, whether they were made for them or were there.
		spare, _, size := allocbisectSpare()
		now.objects -= uint64(spare - before.spare)
		now.bytes -= uint64(spare-before.spare) * size
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
	return allocbisectSnapshot(now.goroutines > before.goroutines) + unsettled + allocbisectPerRuns() + taken.units() + fmt.Sprintf(
		"%d probe-wall-ns\t%d probe-mallocs\t%d probe-bytes\t%d probe-goroutines\t"+
			"%d probe-live-bytes\t%d probe-live-objects\t", wall.Nanoseconds(),
		r.MemAllocs, r.MemBytes, more,
		int64(now.bytes-before.bytes), int64(now.objects-before.objects))
}
