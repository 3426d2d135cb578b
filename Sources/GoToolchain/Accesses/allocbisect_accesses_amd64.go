package syscall

// The system calls that name files, by number.
var allocbisectCalls = [512]uint16{
	2:   allocbisectFirst,                                          // open
	4:   allocbisectFirst | allocbisectLooks,                       // stat
	6:   allocbisectFirst | allocbisectLooks,                       // lstat
	21:  allocbisectFirst | allocbisectLooks,                       // access
	59:  allocbisectMore,                                           // execve
	76:  allocbisectFirst,                                          // truncate
	80:  allocbisectFirst | allocbisectLooks | allocbisectGoes,     // chdir
	81:  allocbisectGoes,                                           // fchdir
	82:  allocbisectFirst | allocbisectSecond | allocbisectRenames, // rename
	83:  allocbisectFirst | allocbisectLooks,                       // mkdir
	84:  allocbisectFirst,                                          // rmdir
	85:  allocbisectFirst,                                          // creat
	86:  allocbisectMore,                                           // link
	87:  allocbisectFirst | allocbisectRemoves,                     // unlink
	88:  allocbisectMore,                                           // symlink
	89:  allocbisectFirst | allocbisectLooks,                       // readlink
	90:  allocbisectFirst | allocbisectLooks,                       // chmod
	92:  allocbisectFirst | allocbisectLooks,                       // chown
	94:  allocbisectFirst | allocbisectLooks,                       // lchown
	132: allocbisectFirst | allocbisectLooks,                       // utime
	133: allocbisectFirst | allocbisectLooks,                       // mknod
	134: allocbisectMore,                                           // uselib
	137: allocbisectFirst | allocbisectLooks,                       // statfs
	155: allocbisectMore,                                           // pivot_root
	161: allocbisectMore,                                           // chroot
	165: allocbisectMore,                                           // mount
	166: allocbisectMore,                                           // umount2
	191: allocbisectFirst,                                          // getxattr
	192: allocbisectFirst,                                          // lgetxattr
	194: allocbisectFirst,                                          // listxattr
	195: allocbisectFirst,                                          // llistxattr
	235: allocbisectFirst | allocbisectLooks,                       // utimes
	254: allocbisectSecond,                                         // inotify_add_watch
	257: allocbisectAt,                                             // openat
	258: allocbisectAt | allocbisectLooks,                          // mkdirat
	259: allocbisectAt | allocbisectLooks,                          // mknodat
	260: allocbisectAt | allocbisectLooks,                          // fchownat
	261: allocbisectAt | allocbisectLooks,                          // futimesat
	262: allocbisectAt | allocbisectLooks,                          // newfstatat
	263: allocbisectAt | allocbisectRemoves,                        // unlinkat
	264: allocbisectAt | allocbisectFourth | allocbisectRenames,    // renameat
	265: allocbisectMore,                                           // linkat
	266: allocbisectMore,                                           // symlinkat
	267: allocbisectAt | allocbisectLooks,                          // readlinkat
	268: allocbisectAt | allocbisectLooks,                          // fchmodat
	269: allocbisectAt | allocbisectLooks,                          // faccessat
	272: allocbisectMore,                                           // unshare
	280: allocbisectAt | allocbisectLooks,                          // utimensat
	303: allocbisectAt,                                             // name_to_handle_at
	304: allocbisectMore,                                           // open_by_handle_at
	308: allocbisectMore,                                           // setns
	316: allocbisectAt | allocbisectFourth | allocbisectRenames,    // renameat2
	322: allocbisectMore,                                           // execveat
	332: allocbisectAt | allocbisectLooks,                          // statx
	425: allocbisectMore,                                           // io_uring_setup
	428: allocbisectMore,                                           // open_tree
	429: allocbisectMore,                                           // move_mount
	437: allocbisectAt,                                             // openat2
	439: allocbisectAt | allocbisectLooks,                          // faccessat2
	452: allocbisectAt | allocbisectLooks,                          // fchmodat2
}
