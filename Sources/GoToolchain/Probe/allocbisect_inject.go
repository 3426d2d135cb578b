package testing

import (
	"os"
	"strconv"
)

var allocbisectInjected, _ = strconv.Atoi(os.Getenv("ALLOCBISECT_INJECT"))

var allocbisectSink *[64]byte

// allocbisectInject allocates instead of the benchmark's iterations; one that stopped the clock has it
// started again.
func allocbisectInject(b *B) {
	b.StartTimer()
	for i := 0; i < b.N*allocbisectInjected; i++ {
		allocbisectSink = new([64]byte)
	}
	allocbisectSink = nil
}
