//go:build go1.24

package testing

import "runtime"

func init() {
	allocbisectCleaned = func(done chan struct{}) {
		runtime.AddCleanup(new([2]*int), func(done chan struct{}) { close(done) }, done)
	}
}
