#pragma once

#include <stdint.h>
#include <sys/types.h>

// What Swift cannot call by itself: prctl and syscall are variadic.
#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Makes orphaned descendants children of this process.
static inline void allocbisect_adopt_orphans(void) { prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

/// Limits the private writable memory of a process. RLIMIT_AS would count address space that Go only reserves.
static inline void allocbisect_limit_memory(pid_t process, uint64_t bytes) {
    uint64_t limit[2] = {bytes, bytes};
    syscall(SYS_prlimit64, process, RLIMIT_DATA, limit, (void *)0);
}
#else
static inline void allocbisect_adopt_orphans(void) {}
static inline void allocbisect_limit_memory(pid_t process, uint64_t bytes) {}
#endif
