package testing

import (
	"fmt"
	"syscall"
	"unsafe"
)

// allocbisectIsCounting tells that a program around the process counts all that it executes, which must not include the
// probe.
var allocbisectIsCounting = allocbisectTake("ALLOCBISECT_COUNTING") != ""

// allocbisectBeginPeak and allocbisectEndPeak look for the largest heap; nil where Go doesn't tell how much of it a
// collection left alive.
var allocbisectBeginPeak func()
var allocbisectEndPeak func() uint64

// allocbisectResident is the most memory that the process had before its first benchmark; -1 where that isn't known, or
// when one has ended already, and what it had may be part of what is there.
var allocbisectResident, allocbisectHasResident = int64(-1), false

// allocbisectUsed is what the process had used of the processor when the last run of the benchmark began.
var allocbisectUsed int64

// allocbisectCPU is what the process has used of the processor, by itself and in the kernel, in nanoseconds.
func allocbisectCPU() int64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

var allocbisectStatusPath = [...]byte{'/', 'p', 'r', 'o', 'c', '/', 's', 'e', 'l', 'f', '/', 's', 't', 'a', 't', 'u', 's', 0}
var allocbisectStatus [4096]byte

// allocbisectMostResident is the most memory that the process ever had, in bytes; -1 where it isn't known. What getrusage
// tells may be that of the program that started it. Nothing is allocated for it.
func allocbisectMostResident() int64 {
	directory := -100 // AT_FDCWD
	file, _, failure := syscall.RawSyscall6(
		syscall.SYS_OPENAT, uintptr(directory), uintptr(unsafe.Pointer(&allocbisectStatusPath[0])),
		syscall.O_RDONLY|syscall.O_CLOEXEC, 0, 0, 0)
	if failure != 0 {
		return -1
	}
	count, err := syscall.Read(int(file), allocbisectStatus[:])
	syscall.Close(int(file))
	if err != nil {
		return -1
	}
	const name = "\nVmHWM:"
	for start := 0; start+len(name) <= count; start++ {
		if string(allocbisectStatus[start:start+len(name)]) != name {
			continue
		}
		kilobytes := int64(0)
		for _, digit := range allocbisectStatus[start+len(name) : count] {
			if digit == '\n' {
				break
			}
			if digit >= '0' && digit <= '9' {
				kilobytes = kilobytes*10 + int64(digit-'0')
			}
		}
		return kilobytes << 10
	}
	return -1
}

// allocbisectBeginProcess is called before each run of a benchmark.
func allocbisectBeginProcess() {
	if !allocbisectHasResident {
		allocbisectHasResident = true
		allocbisectResident = allocbisectMostResident()
	}
}

// allocbisectMarkProcess is called when the last run of a benchmark begins.
func allocbisectMarkProcess() {
	if allocbisectBeginPeak != nil {
		allocbisectBeginPeak()
	}
	allocbisectUsed = allocbisectCPU()
}

// allocbisectTaken is what the last run took of the process: the time of its processors, the largest heap beyond what was
// alive before, and the most memory beyond what the process had before its first benchmark, of which alone it can be told;
// -1 for what isn't known.
type allocbisectTaken struct {
	cpu, heap, resident int64
}

// allocbisectEndProcess allocates nothing, since profiles may still note what is allocated.
func allocbisectEndProcess(before allocbisectLevels) allocbisectTaken {
	taken := allocbisectTaken{allocbisectCPU() - allocbisectUsed, -1, -1}
	if allocbisectEndPeak != nil {
		if taken.heap = int64(allocbisectEndPeak()) - int64(before.bytes); taken.heap < 0 {
			taken.heap = 0
		}
	}
	if allocbisectResident >= 0 {
		if resident := allocbisectMostResident(); resident >= 0 {
			taken.resident = resident - allocbisectResident
		}
	}
	allocbisectResident = -1
	return taken
}

// units are parts of a result line.
func (taken allocbisectTaken) units() string {
	units := fmt.Sprintf("%d probe-cpu-ns\t", taken.cpu)
	if taken.heap >= 0 {
		units += fmt.Sprintf("%d probe-peak-heap-bytes\t", taken.heap)
	}
	if taken.resident >= 0 {
		units += fmt.Sprintf("%d probe-peak-bytes\t", taken.resident)
	}
	return units
}
