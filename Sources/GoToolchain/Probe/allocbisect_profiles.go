package testing

import (
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strings"
)

// allocbisectFolder is where profiles are wanted, if they are.
var allocbisectFolder, allocbisectSnapshots = os.Getenv("ALLOCBISECT_PROFILES"), 0

var allocbisectDumpsHeap = os.Getenv("ALLOCBISECT_HEAP_DUMP") != ""

var allocbisectListsGoroutines = os.Getenv("ALLOCBISECT_GOROUTINES") != ""

// allocbisectIsProfiled tells whether the benchmark that runs is to be profiled.
var allocbisectProfiled, allocbisectIsProfiled = os.Getenv("ALLOCBISECT_PROFILED"), false

// What comes before the first benchmark is not noted.
func init() {
	if allocbisectFolder != "" {
		runtime.MemProfileRate = 0
	}
}

// allocbisectBegin is called before each run of a benchmark. What others allocate is not noted.
func allocbisectBegin(name string) {
	if allocbisectFolder == "" {
		return
	}
	allocbisectIsProfiled = allocbisectProfiled == "" || strings.Contains("\n"+allocbisectProfiled+"\n", "\n"+name+"\n")
	runtime.MemProfileRate = 0
	if allocbisectIsProfiled {
		runtime.MemProfileRate = 1
	}
}

// allocbisectSnapshot writes the profiles of this moment, and what goroutines do when there are more than before.
// Leaked ones are marked as such in a dump only after they were looked for, which writing their profile does.
func allocbisectSnapshot(leaks bool) string {
	if !allocbisectIsProfiled {
		return ""
	}
	allocbisectSnapshots++
	// What is allocated from here to the next run is not part of the profiles, and noting it takes longer than all
	// the rest.
	runtime.MemProfileRate = 0
	if allocbisectDumpsHeap {
		allocbisectDump()
	}
	allocbisectCreate("heap.pb.gz", allocbisectWriteHeap)
	if leaks || allocbisectListsGoroutines {
		allocbisectWrite("goroutine", ".pb.gz", 0)
	}
	if leaks {
		allocbisectWrite("goroutineleak", ".pb.gz", 0)
		allocbisectWrite("goroutine", ".txt", 2)
	}
	return fmt.Sprintf("%d probe-snapshot\t", allocbisectSnapshots)
}

func allocbisectWrite(name, suffix string, debug int) {
	if profile := pprof.Lookup(name); profile != nil {
		allocbisectCreate(name+suffix, func(file io.Writer) error { return profile.WriteTo(file, debug) })
	}
}

// allocbisectDump comes before what else is written, which leaves garbage.
func allocbisectDump() {
	allocbisectCreate("heap.dump", func(file io.Writer) error {
		debug.WriteHeapDump(file.(*os.File).Fd())
		return nil
	})
}

func allocbisectCreate(name string, write func(io.Writer) error) {
	file, err := os.Create(fmt.Sprintf("%s/%d.%s", allocbisectFolder, allocbisectSnapshots, name))
	if err == nil {
		err = write(file)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "allocbisect:", err)
	}
}

// allocbisectValues are the objects and bytes that were allocated, and those that are in use.
type allocbisectValues [4]int64

// allocbisectKnown is what each stack had at the snapshot before. A key has the bytes of the stack's addresses.
var allocbisectKnown map[string]allocbisectValues

var allocbisectGzip, _ = gzip.NewWriterLevel(io.Discard, gzip.HuffmanOnly)

// allocbisectWriteHeap writes what each stack has more than at the snapshot before, or less.
func allocbisectWriteHeap(file io.Writer) error {
	var key []byte
	sums := make(map[string]allocbisectValues, len(allocbisectKnown))
	allocbisectRecords(func(stack []uintptr, values allocbisectValues) {
		key = key[:0]
		for _, pc := range stack {
			key = binary.LittleEndian.AppendUint64(key, uint64(pc))
		}
		sum := sums[string(key)]
		for i, value := range values {
			sum[i] += value
		}
		sums[string(key)] = sum
	})
	profile := allocbisectNewProfile()
	for key, sum := range sums {
		before, isSame := allocbisectKnown[key], true
		for i := range sum {
			isSame = isSame && sum[i] == before[i]
			before[i] = sum[i] - before[i]
		}
		if isSame {
			continue
		}
		stack := make([]uintptr, 0, len(key)/8)
		for at := 0; at < len(key); at += 8 {
			stack = append(stack, uintptr(binary.LittleEndian.Uint64([]byte(key[at:at+8]))))
		}
		profile.sample(stack, before)
	}
	allocbisectKnown = sums
	allocbisectGzip.Reset(file)
	allocbisectGzip.Write(profile.message)
	return allocbisectGzip.Close()
}
