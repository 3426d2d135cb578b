//go:build go1.21

package testing

import (
	"runtime"
	"runtime/metrics"
	"sync/atomic"
)

var allocbisectLive = []metrics.Sample{{Name: "/gc/heap/live:bytes"}}

// allocbisectIsPeaking is 1 from the beginning of a benchmark's last run to its end, and allocbisectPeak the most bytes
// that a collection left alive meanwhile.
var allocbisectIsPeaking int32
var allocbisectPeak uint64

func init() {
	// The first reading allocates what all later ones use.
	metrics.Read(allocbisectLive)
	if allocbisectLive[0].Value.Kind() == metrics.KindUint64 {
		allocbisectBeginPeak, allocbisectEndPeak = allocbisectPeaks, allocbisectPeaked
	}
}

// allocbisectPeaks begins to look at the heap after each collection, as an object does that nobody holds on to.
func allocbisectPeaks() {
	atomic.StoreUint64(&allocbisectPeak, 0)
	atomic.StoreInt32(&allocbisectIsPeaking, 1)
	runtime.SetFinalizer(new([2]*int), allocbisectCollected)
}

func allocbisectCollected(object *[2]*int) {
	if atomic.LoadInt32(&allocbisectIsPeaking) == 0 {
		return
	}
	metrics.Read(allocbisectLive)
	if live := allocbisectLive[0].Value.Uint64(); live > atomic.LoadUint64(&allocbisectPeak) {
		atomic.StoreUint64(&allocbisectPeak, live)
	}
	runtime.SetFinalizer(object, allocbisectCollected)
}

// allocbisectPeaked ends that.
func allocbisectPeaked() uint64 {
	atomic.StoreInt32(&allocbisectIsPeaking, 0)
	return atomic.LoadUint64(&allocbisectPeak)
}
