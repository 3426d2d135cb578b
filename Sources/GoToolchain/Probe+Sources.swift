extension Probe {
    /// The files that are added to `testing`, as they stand in the folder `Probe`.
    ///
    /// They know the names of `Probe`'s variables and of `ProbeUnit` by themselves, so that Go's own tools can check
    /// them as they are.
    ///
    /// `allocbisect_marks.go` tells our lines from those that a benchmark prints. `package p` and `package p_test` may
    /// both have a benchmark of one name. Go runs that of `p` first; the other one is then called `BenchmarkX[_test]`.
    ///
    /// `allocbisect_profiles.go` writes what one benchmark added to what was there before, from the records of the
    /// runtime. Go's own writer would write all stacks of the process anew at the end of every sub-benchmark, which
    /// takes longer than the benchmark. `allocbisect_proto.go` has the format:
    /// https://github.com/google/pprof/blob/main/proto/profile.proto
    ///
    /// - Parameter records: What of the runtime's records can be had.
    static func addedSources(_ records: MemoryRecords) -> [String: String] {
        [
            "testing/allocbisect_probe.go": text(PackageResources.allocbisect_probe_go),
            "testing/allocbisect_probe_linux.go": text(PackageResources.allocbisect_probe_linux_go),
            "testing/allocbisect_cleanup.go": text(PackageResources.allocbisect_cleanup_go),
            "testing/allocbisect_marks.go": text(PackageResources.allocbisect_marks_go),
            "testing/allocbisect_profiles.go": text(PackageResources.allocbisect_profiles_go),
            "testing/allocbisect_proto.go": text(PackageResources.allocbisect_proto_go),
            "testing/allocbisect_records.go": records.source,
        ]
    }

    /// The text of a file that is part of the program.
    static func text(_ file: [UInt8]) -> String { String(decoding: file, as: UTF8.self) }
}
