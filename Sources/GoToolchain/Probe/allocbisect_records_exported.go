package testing

import "runtime"

func allocbisectRecords(visit func([]uintptr, allocbisectValues)) {
	var records []runtime.MemProfileRecord
	n, ok := runtime.MemProfile(nil, true)
	for !ok {
		records = make([]runtime.MemProfileRecord, n+50)
		n, ok = runtime.MemProfile(records, true)
	}
	for i := range records[:n] {
		r := &records[i]
		visit(r.Stack(), allocbisectValues{r.AllocObjects, r.AllocBytes, r.InUseObjects(), r.InUseBytes()})
	}
}
