package syscall

// The system calls that name files, by number.
var allocbisectCalls = [512]uint16{
	8:   allocbisectFirst,                                       // getxattr
	9:   allocbisectFirst,                                       // lgetxattr
	11:  allocbisectFirst,                                       // listxattr
	12:  allocbisectFirst,                                       // llistxattr
	27:  allocbisectSecond,                                      // inotify_add_watch
	33:  allocbisectAt | allocbisectLooks,                       // mknodat
	34:  allocbisectAt | allocbisectLooks,                       // mkdirat
	35:  allocbisectAt | allocbisectRemoves,                     // unlinkat
	36:  allocbisectMore,                                        // symlinkat
	37:  allocbisectMore,                                        // linkat
	38:  allocbisectAt | allocbisectFourth | allocbisectRenames, // renameat
	39:  allocbisectMore,                                        // umount2
	40:  allocbisectMore,                                        // mount
	41:  allocbisectMore,                                        // pivot_root
	43:  allocbisectFirst | allocbisectLooks,                    // statfs
	45:  allocbisectFirst,                                       // truncate
	48:  allocbisectAt | allocbisectLooks,                       // faccessat
	49:  allocbisectFirst | allocbisectLooks | allocbisectGoes,  // chdir
	50:  allocbisectGoes,                                        // fchdir
	51:  allocbisectMore,                                        // chroot
	53:  allocbisectAt | allocbisectLooks,                       // fchmodat
	54:  allocbisectAt | allocbisectLooks,                       // fchownat
	56:  allocbisectAt,                                          // openat
	78:  allocbisectAt | allocbisectLooks,                       // readlinkat
	79:  allocbisectAt | allocbisectLooks,                       // newfstatat
	88:  allocbisectAt | allocbisectLooks,                       // utimensat
	97:  allocbisectMore,                                        // unshare
	221: allocbisectMore,                                        // execve
	264: allocbisectAt,                                          // name_to_handle_at
	265: allocbisectMore,                                        // open_by_handle_at
	268: allocbisectMore,                                        // setns
	276: allocbisectAt | allocbisectFourth | allocbisectRenames, // renameat2
	281: allocbisectMore,                                        // execveat
	291: allocbisectAt | allocbisectLooks,                       // statx
	425: allocbisectMore,                                        // io_uring_setup
	428: allocbisectMore,                                        // open_tree
	429: allocbisectMore,                                        // move_mount
	437: allocbisectAt,                                          // openat2
	439: allocbisectAt | allocbisectLooks,                       // faccessat2
	452: allocbisectAt | allocbisectLooks,                       // fchmodat2
}
