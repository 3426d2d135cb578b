package testing

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
)

var allocbisectToken, allocbisectLists = allocbisectTake("ALLOCBISECT_MARK"), allocbisectTake("ALLOCBISECT_LIST") != ""

// allocbisectOutput is the standard output, whatever the program makes of os.Stdout.
var allocbisectOutput = os.Stdout

// allocbisectName is the full name of the benchmark that runs.
var allocbisectName string

// allocbisectInside has the names of what the package itself ran, and allocbisectOutside tells whether the function
// that runs is one of its outer tests.
var allocbisectInside, allocbisectOutside = map[string]bool{}, false

// allocbisectTake hands out a variable of the environment that nobody else is to read.
func allocbisectTake(name string) string {
	value := os.Getenv(name)
	os.Unsetenv(name)
	return value
}

// allocbisectList prints the names of all benchmarks and tests where that is what is wanted.
func allocbisectList(tests []InternalTest, benchmarks []InternalBenchmark) {
	if !allocbisectLists {
		return
	}
	fmt.Fprintf(allocbisectOutput, "\n%s\n", allocbisectToken)
	for _, b := range benchmarks {
		fmt.Fprintf(allocbisectOutput, "%s %s\n", allocbisectToken, b.Name)
	}
	for _, t := range tests {
		fmt.Fprintf(allocbisectOutput, "%s %s\n", allocbisectToken, t.Name)
	}
	os.Exit(0)
}

// allocbisectEnter is called before each run of a benchmark. One of testing.Benchmark has no name.
func allocbisectEnter(b *B) {
	if b.name == "" || allocbisectToken == "" || allocbisectTested != "" {
		return
	}
	function, rest := allocbisectSplit(b.name)
	if rest == "" {
		allocbisectOutside = allocbisectIsOutside(b.importPath, b.benchFunc)
	}
	allocbisectName = b.name
	if !allocbisectOutside {
		allocbisectInside[b.name] = true
		return
	}
	if !allocbisectInside[function] {
		return
	}
	// Go numbers what the other function of that name had as well.
	plain := function
	for _, part := range strings.Split(rest, "/")[1:] {
		if mark := strings.LastIndexByte(part, '#'); mark >= 0 && allocbisectInside[plain+"/"+part[:mark]] {
			part = part[:mark]
		}
		plain += "/" + part
	}
	allocbisectName = function + "[_test]" + plain[len(function):]
}

// allocbisectIsOutside tells whether a function is of the package of tests that lies outside the tested one.
func allocbisectIsOutside(importPath string, function interface{}) bool {
	// Of what is inlined at the beginning, the last one is the function itself.
	frames := runtime.CallersFrames([]uintptr{reflect.ValueOf(function).Pointer() + 1})
	name := ""
	for more := true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		name = frame.Function
	}
	name = name[strings.LastIndexByte(name, '/')+1:]
	if dot := strings.IndexByte(name, '.'); dot >= 0 {
		name = name[:dot]
	}
	if strings.HasSuffix(importPath, "_test") {
		return strings.HasSuffix(name, "_test_test")
	}
	return strings.HasSuffix(name, "_test")
}

// allocbisectSigned marks the line that testing prints of a benchmark, and none that the benchmark makes itself.
func allocbisectSigned() string {
	if allocbisectToken == "" || allocbisectName == "" {
		return ""
	}
	var callers [8]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	frames.Next()
	if frame, _ := frames.Next(); !strings.HasPrefix(frame.Function, "testing.") {
		return ""
	}
	return fmt.Sprintf("%s probe-of:%s\t", allocbisectToken, allocbisectName)
}
