//go:build go1.25

package testing

import (
	"runtime"
	"runtime/metrics"
)

var allocbisectCleanups = []metrics.Sample{
	{Name: "/gc/cleanups/queued:cleanups"}, {Name: "/gc/cleanups/executed:cleanups"},
}

func init() {
	// The first reading allocates what all later ones use.
	metrics.Read(allocbisectCleanups)
	allocbisectHasCleanups = allocbisectAreQueued
	if allocbisectCleanups[0].Value.Kind() == metrics.KindBad {
		allocbisectHasCleanups = allocbisectMayBeQueued
	}
}

func allocbisectAreQueued() bool {
	metrics.Read(allocbisectCleanups)
	return allocbisectCleanups[0].Value.Uint64() != allocbisectCleanups[1].Value.Uint64()
}

// allocbisectMarker is closed by the cleanup that runs next, the first or the second one.
var allocbisectMarker, allocbisectIsSecond = chan struct{}(nil), false

// allocbisectMayBeQueued is for Go 1.25, which doesn't count cleanups. It takes up to a few hundred of them at a time:
// the second of two runs after those that were taken with the first one.
func allocbisectMayBeQueued() bool {
	select {
	case <-allocbisectMarker:
		allocbisectMarker, allocbisectIsSecond = nil, !allocbisectIsSecond
		if !allocbisectIsSecond {
			return false
		}
	default:
	}
	if allocbisectMarker == nil {
		allocbisectMarker = make(chan struct{})
		runtime.AddCleanup(new([2]*int), func(done chan struct{}) { close(done) }, allocbisectMarker)
		runtime.GC()
	}
	return true
}
