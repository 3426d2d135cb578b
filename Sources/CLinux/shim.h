#pragma once

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

extern char **environ;

/// Moves the environment of this process to where proc(5) does not show it to others, with the same contents. What has
/// been asked for before must not be used any more; the variables of the runtime and of the linker stay where they are,
/// and those that mark a run's processes.
static inline void allocbisect_hide_environment(void) {
    size_t count = 0;
    while (environ[count]) count++;
    char **moved = calloc(count + 1, sizeof *moved);
    if (!moved) return;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(environ[i], "SWIFT_", 6) == 0 || strncmp(environ[i], "LD_", 3) == 0
            || strncmp(environ[i], "ALLOCBISECT_", 12) == 0) {
            moved[i] = environ[i];
        } else if ((moved[i] = strdup(environ[i]))) {
            memset(environ[i], 0, strlen(environ[i]));
        } else {
            return;
        }
    }
    environ = moved;
}

// What Swift cannot call by itself: prctl and syscall are variadic, and the kernel's own headers may be older than it.
#if defined(__linux__)
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Makes orphaned descendants children of this process.
static inline void allocbisect_adopt_orphans(void) { prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

/// Limits the private writable memory of a process. RLIMIT_AS would count address space that Go only reserves.
static inline void allocbisect_limit_memory(pid_t process, uint64_t bytes) {
    uint64_t limit[2] = {bytes, bytes};
    syscall(SYS_prlimit64, process, RLIMIT_DATA, limit, (void *)0);
}

/// Lets this process, and so all that it starts from now on, never have more files open at once.
static inline void allocbisect_limit_files(uint64_t most) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max <= most) { return; }
    limit.rlim_max = most;
    if (limit.rlim_cur > most) { limit.rlim_cur = most; }
    setrlimit(RLIMIT_NOFILE, &limit);
}

#ifndef O_PATH
#define O_PATH 010000000
#endif

// landlock(7), by numbers that are the same everywhere.
static inline long allocbisect_landlock_version(void) { return syscall(444, (void *)0, (size_t)0, 1U); }

enum {
    ALLOCBISECT_LANDLOCK_READ = (1 << 0) | (1 << 2) | (1 << 3),  // execute, read files, read directories
    ALLOCBISECT_LANDLOCK_FILE = (1 << 0) | (1 << 1) | (1 << 2) | (1 << 14),  // what files have, besides directories
};

/// Everything that can be done to files, as far as the kernel's version knows it.
static inline uint64_t allocbisect_landlock_rights(long version) {
    uint64_t rights = (1 << 13) - 1;
    if (version >= 2) rights |= 1 << 13;
    if (version >= 3) rights |= 1 << 14;
    return rights;
}

/// Makes a set of rules that allows nothing which has to do with files, and no signal to anyone outside.
static inline int allocbisect_landlock_create(long version) {
    struct { uint64_t files, network, scopes; } all = {allocbisect_landlock_rights(version), 0, version >= 6 ? 3 : 0};
    return (int)syscall(444, &all, version >= 6 ? 24UL : version >= 4 ? 16UL : 8UL, 0U);
}

/// Allows a path with what is below it to be read, or to be changed as well. A path that is not there is no error.
static inline int allocbisect_landlock_allow(int rules, const char *path, int writable, long version) {
    struct __attribute__((packed)) { uint64_t rights; int32_t descriptor; } rule;
    struct stat status;
    rule.descriptor = open(path, O_PATH | O_CLOEXEC);
    if (rule.descriptor < 0) return 0;
    rule.rights = writable ? allocbisect_landlock_rights(version) : ALLOCBISECT_LANDLOCK_READ;
    if (fstat(rule.descriptor, &status) == 0 && !S_ISDIR(status.st_mode)) rule.rights &= ALLOCBISECT_LANDLOCK_FILE;
    int result = (int)syscall(445, rules, 1, &rule, 0U);
    close(rule.descriptor);
    return result;
}

/// Puts the rules into force, for this process and everything that it becomes or starts.
static inline int allocbisect_landlock_enforce(int rules) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return (int)syscall(446, rules, 0U);
}

#if defined(__x86_64__)
#define ALLOCBISECT_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ALLOCBISECT_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/// Refuses the system calls that reach into other processes, into the kernel and into mounts, and signals to `parent`
/// and to all processes at once.
static inline int allocbisect_refuse_calls(pid_t parent) {
#if defined(ALLOCBISECT_ARCHITECTURE)
#define ALLOCBISECT_REFUSED(call) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define ALLOCBISECT_SIGNAL(call, process) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)), \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 3), \
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])), \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(process), 0, 1), \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        // Programs for another architecture number their calls in another way; what Landlock forbids, it forbids them.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ALLOCBISECT_ARCHITECTURE, 1, 0), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        ALLOCBISECT_REFUSED(SYS_ptrace), ALLOCBISECT_REFUSED(SYS_process_vm_readv),
        ALLOCBISECT_REFUSED(SYS_process_vm_writev), ALLOCBISECT_REFUSED(SYS_mount), ALLOCBISECT_REFUSED(SYS_umount2),
        ALLOCBISECT_REFUSED(SYS_pivot_root), ALLOCBISECT_REFUSED(SYS_chroot), ALLOCBISECT_REFUSED(SYS_unshare),
        ALLOCBISECT_REFUSED(SYS_setns), ALLOCBISECT_REFUSED(SYS_bpf), ALLOCBISECT_REFUSED(SYS_perf_event_open),
        ALLOCBISECT_REFUSED(SYS_keyctl), ALLOCBISECT_REFUSED(SYS_add_key), ALLOCBISECT_REFUSED(SYS_request_key),
        ALLOCBISECT_REFUSED(SYS_init_module), ALLOCBISECT_REFUSED(SYS_finit_module),
        ALLOCBISECT_REFUSED(SYS_delete_module), ALLOCBISECT_REFUSED(SYS_kexec_load), ALLOCBISECT_REFUSED(SYS_reboot),
        ALLOCBISECT_REFUSED(SYS_swapon), ALLOCBISECT_REFUSED(SYS_swapoff), ALLOCBISECT_REFUSED(SYS_settimeofday),
        ALLOCBISECT_REFUSED(SYS_clock_settime), ALLOCBISECT_REFUSED(SYS_sethostname),
        ALLOCBISECT_SIGNAL(SYS_kill, parent), ALLOCBISECT_SIGNAL(SYS_kill, -1), ALLOCBISECT_SIGNAL(SYS_tgkill, parent),
        ALLOCBISECT_SIGNAL(SYS_rt_sigqueueinfo, parent), ALLOCBISECT_SIGNAL(SYS_prlimit64, parent),
        ALLOCBISECT_SIGNAL(434 /* pidfd_open */, parent),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
#else
    return 0;
#endif
}
#else
static inline void allocbisect_adopt_orphans(void) {}
static inline void allocbisect_limit_memory(pid_t process, uint64_t bytes) {}
static inline void allocbisect_limit_files(uint64_t most) {}
static inline long allocbisect_landlock_version(void) { return -1; }
static inline int allocbisect_landlock_create(long version) { return -1; }
static inline int allocbisect_landlock_allow(int rules, const char *path, int writable, long version) { return -1; }
static inline int allocbisect_landlock_enforce(int rules) { return -1; }
static inline int allocbisect_refuse_calls(pid_t parent) { return -1; }
#endif
