package testing

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
)

// allocbisectTested is the full name of the test that is measured instead of benchmarks, with the names of
// sub-tests behind slashes; empty where benchmarks are.
var allocbisectTested = allocbisectTake("ALLOCBISECT_TEST")

// allocbisectReached is the test of that name as it was run last; nil when the last run did not come to it.
var allocbisectReached *T

// allocbisectTests puts the test that is needed in the place of all benchmarks. An iteration is its whole run, as Go
// runs it: setting up, sub-tests and cleaning up.
func allocbisectTests(m *M, run func([]InternalTest) (bool, bool)) {
	if allocbisectTested == "" {
		return
	}
	function, _ := allocbisectSplit(allocbisectTested)
	m.benchmarks = nil
	for _, test := range m.tests {
		if test.Name != function {
			continue
		}
		test := test
		runs := 0
		m.benchmarks = append(m.benchmarks, InternalBenchmark{allocbisectTested, func(b *B) {
			allocbisectEnterTest(b, test)
			for i := 0; i < b.N; i++ {
				runs++
				allocbisectIterate(b, runs, func() bool {
					_, ok := run([]InternalTest{test})
					return ok
				})
			}
		}})
	}
}

// allocbisectIterate runs the test once, and ends the benchmark unless it passed.
func allocbisectIterate(b *B, runs int, run func() bool) {
	// What selects sub-tests is what selected the benchmark.
	before := *match
	*match = *matchBenchmarks
	allocbisectReached = nil
	ok := run()
	*match = before
	switch {
	case !ok:
		b.FailNow()
	case allocbisectReached == nil:
		b.Skip("allocbisect: there is no such sub-test")
	case allocbisectReached.Skipped() && runs == 1:
		b.SkipNow()
	case allocbisectReached.Skipped():
		b.Fatal("it skipped itself when it ran again")
	}
}

// allocbisectReach is called when a test or sub-test begins.
func allocbisectReach(t *T) {
	if allocbisectTested != "" && t.name == allocbisectTested {
		allocbisectReached = t
	}
}

// allocbisectEnterTest notes which test runs, as allocbisectEnter does for benchmarks.
func allocbisectEnterTest(b *B, test InternalTest) {
	allocbisectSites.Lock()
	allocbisectSites.count = 0
	allocbisectSites.Unlock()
	function, rest := allocbisectSplit(b.name)
	allocbisectName = b.name
	if allocbisectOutside = allocbisectIsOutside(b.importPath, test.F); !allocbisectOutside {
		allocbisectInside[function] = true
	} else if allocbisectInside[function] {
		allocbisectName = function + "[_test]" + rest
	}
}

// allocbisectSplit parts a name before its first slash.
func allocbisectSplit(name string) (function, rest string) {
	if slash := strings.IndexByte(name, '/'); slash >= 0 {
		return name[:slash], name[slash:]
	}
	return name, ""
}

// allocbisectSites is what AllocsPerRun counted in the last run of the test's iterations, by the place that called it, in
// the order in which they were reached. It has room already, so that nothing is allocated among what is counted.
var allocbisectSites struct {
	sync.Mutex
	count int
	all   [64]struct {
		pc            uintptr
		mallocs, runs uint64
	}
}

// allocbisectPerRun takes note of what AllocsPerRun counted.
func allocbisectPerRun(mallocs uint64, runs int) {
	if allocbisectTested == "" || runs <= 0 {
		return
	}
	var callers [1]uintptr
	if runtime.Callers(3, callers[:]) == 0 {
		return
	}
	allocbisectSites.Lock()
	defer allocbisectSites.Unlock()
	site := 0
	for site < allocbisectSites.count && allocbisectSites.all[site].pc != callers[0] {
		site++
	}
	if site == len(allocbisectSites.all) {
		return
	}
	if site == allocbisectSites.count {
		allocbisectSites.count++
		allocbisectSites.all[site].pc = callers[0]
		allocbisectSites.all[site].mallocs, allocbisectSites.all[site].runs = 0, 0
	}
	allocbisectSites.all[site].mallocs += mallocs
	allocbisectSites.all[site].runs += uint64(runs)
}

// allocbisectPerRuns are the quotients as units of a result line, numbered from the second place on.
func allocbisectPerRuns() string {
	allocbisectSites.Lock()
	defer allocbisectSites.Unlock()
	text := ""
	for i, site := range allocbisectSites.all[:allocbisectSites.count] {
		number := ""
		if i > 0 {
			number = fmt.Sprintf("#%d", i+1)
		}
		text += fmt.Sprintf("%v allocs/run%s\t", float64(site.mallocs)/float64(site.runs), number)
	}
	return text
}
