package testing

import (
	"internal/profilerecord"
	_ "unsafe"
)

//go:linkname allocbisectMemProfile runtime.pprof_memProfileInternal
func allocbisectMemProfile(p []profilerecord.MemProfileRecord, inuseZero bool) (n int, ok bool)

func allocbisectRecords(visit func([]uintptr, allocbisectValues)) {
	var records []profilerecord.MemProfileRecord
	n, ok := allocbisectMemProfile(nil, true)
	for !ok {
		records = make([]profilerecord.MemProfileRecord, n+50)
		n, ok = allocbisectMemProfile(records, true)
	}
	for i := range records[:n] {
		r := &records[i]
		bytes := r.AllocObjects * r.ObjectSize
		visit(r.Stack, allocbisectValues{r.AllocObjects, bytes, r.InUseObjects(), r.InUseBytes()})
	}
}
