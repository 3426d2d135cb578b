package syscall

import (
	"sync/atomic"
	"unsafe"
)

// What the process asks the kernel about files is noted here, from before the first package that can ask is
// initialised: each name once, as it was given, in memory that is shared with whoever reads it afterwards. Nothing is
// allocated for it, and no descriptor stays open.

// allocbisectLog is that memory: how much of it is used, whether more was touched than names can tell, and the
// records, each of a letter, a name, and a zero byte.
type allocbisectLog struct {
	used       uint64
	everything uint64
	records    [allocbisectRoom]byte
}

const allocbisectRoom = 1<<18 - 16

var (
	allocbisectShared *allocbisectLog
	// The names that were noted last, as hashes, and how often the process went to another folder since which they are
	// other names.
	allocbisectNoted [1 << 12]uint64
	allocbisectMoves uint64
	// Where the process is.
	allocbisectFolder [4096]byte
)

// Which arguments of a system call are names, and what it does with them.
const (
	allocbisectFirst   = 1 << iota
	allocbisectSecond  // after the descriptor of a folder where allocbisectBelow is set
	allocbisectFourth  // likewise
	allocbisectBelow   // names count from open folders
	allocbisectLooks   // whether something is there
	allocbisectRenames // one into the other
	allocbisectRemoves // what is named
	allocbisectGoes    // to another folder
	allocbisectMore    // than names can tell: it starts a program, makes a link, changes what names mean
	allocbisectAt      = allocbisectSecond | allocbisectBelow
)

func init() {
	path, found := Getenv("ALLOCBISECT_ACCESSES")
	if !found {
		return
	}
	file, err := Open(path, O_RDWR|O_CLOEXEC, 0)
	if err != nil {
		return
	}
	address, err := mmap(0, unsafe.Sizeof(allocbisectLog{}), PROT_READ|PROT_WRITE, MAP_SHARED, file, 0)
	Close(file)
	if err != nil {
		return
	}
	allocbisectShared = *(**allocbisectLog)(unsafe.Pointer(&address))
	allocbisectNoteFolder()
}

// allocbisectNote notes what a system call is about to ask. No stack may grow here, since arguments may point into it.
//
//go:nosplit
//go:norace
//go:nocheckptr
func allocbisectNote(trap, a1, a2, a3, a4 uintptr) {
	if allocbisectShared == nil || trap >= uintptr(len(allocbisectCalls)) {
		return
	}
	call := allocbisectCalls[trap]
	if call == 0 {
		return
	}
	if call&allocbisectMore != 0 {
		atomic.StoreUint64(&allocbisectShared.everything, 1)
		return
	}
	letter := uintptr('o')
	if call&allocbisectLooks != 0 {
		letter = 'l'
	}
	if call&allocbisectRenames != 0 {
		letter = 'r'
	}
	if call&allocbisectRemoves != 0 {
		allocbisectNoteRemoval(call, a1, a2)
	}
	if call&allocbisectFirst != 0 {
		allocbisectAdd(letter, a1)
	}
	if call&allocbisectSecond != 0 {
		allocbisectAdd(allocbisectLetter(call, letter, a1), a2)
	}
	if call&allocbisectFourth != 0 {
		allocbisectAdd(allocbisectLetter(call, letter, a3), a4)
	}
}

// allocbisectLetter makes the letter a capital one for a name that counts from an open folder, and not from where the
// process is.
//
//go:nosplit
//go:norace
func allocbisectLetter(call uint16, letter, folder uintptr) uintptr {
	if call&allocbisectBelow != 0 && int32(folder) != _AT_FDCWD {
		return letter - 'a' + 'A'
	}
	return letter
}

// allocbisectNoteRemoval looks whether a link is about to be removed: then names that went through it cannot be
// followed afterwards.
//
//go:nosplit
//go:norace
//go:nocheckptr
func allocbisectNoteRemoval(call uint16, a1, a2 uintptr) {
	var target [1]byte
	folder, name := ^uintptr(99), a1 // AT_FDCWD
	if call&allocbisectBelow != 0 {
		folder, name = a1, a2
	}
	_, _, err := RawSyscall6(SYS_READLINKAT, folder, name, uintptr(unsafe.Pointer(&target)), 1, 0, 0)
	if err == 0 {
		atomic.StoreUint64(&allocbisectShared.everything, 1)
	}
}

// allocbisectWent notes where the process is after a system call that may have led it elsewhere.
//
//go:nosplit
//go:norace
func allocbisectWent(trap uintptr, err Errno) {
	if allocbisectShared == nil || trap >= uintptr(len(allocbisectCalls)) ||
		allocbisectCalls[trap]&allocbisectGoes == 0 || err != 0 {
		return
	}
	allocbisectNoteFolder()
}

//go:nosplit
//go:norace
func allocbisectNoteFolder() {
	folder := uintptr(unsafe.Pointer(&allocbisectFolder))
	atomic.AddUint64(&allocbisectMoves, 1)
	_, _, err := RawSyscall6(SYS_GETCWD, folder, uintptr(len(allocbisectFolder)), 0, 0, 0, 0)
	if err != 0 {
		atomic.StoreUint64(&allocbisectShared.everything, 1)
		return
	}
	allocbisectAdd('c', folder)
}

// allocbisectAdd adds a record, unless it was added lately.
//
//go:nosplit
//go:norace
//go:nocheckptr
func allocbisectAdd(letter, name uintptr) {
	if name == 0 {
		return
	}
	hash := 14695981039346656037 ^ uint64(letter) ^ atomic.LoadUint64(&allocbisectMoves)<<8
	length := uintptr(0)
	for ; length < 4096; length++ {
		next := *(*byte)(unsafe.Pointer(name + length))
		if next == 0 {
			break
		}
		hash = (hash ^ uint64(next)) * 1099511628211
	}
	place := &allocbisectNoted[hash>>52]
	if atomic.LoadUint64(place) == hash {
		return
	}
	log := allocbisectShared
	end := uintptr(atomic.AddUint64(&log.used, uint64(length)+2))
	if end > allocbisectRoom {
		atomic.StoreUint64(&log.everything, 1)
		return
	}
	start := end - length - 2
	for i := uintptr(0); i < length; i++ {
		log.records[start+1+i] = *(*byte)(unsafe.Pointer(name + i))
	}
	log.records[start] = byte(letter)
	atomic.StoreUint64(place, hash)
}
