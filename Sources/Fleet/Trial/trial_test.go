package trial

import "testing"

var kept []byte

func BenchmarkTrial(b *testing.B) {
	for i := 0; i < b.N; i++ {
		for size := 1; size <= 3; size++ {
			kept = make([]byte, size<<10)
		}
	}
}
