extension Probe {
    /// The environment variable that names the folder for profiles.
    static let profilesVariable = "ALLOCBISECT_PROFILES"
    /// The environment variable that names the benchmarks to be profiled, one a line; all of them without it.
    static let profiledVariable = "ALLOCBISECT_PROFILED"
    /// The environment variable that asks for goroutine profiles of benchmarks that leave no goroutines behind as well.
    static let goroutinesVariable = "ALLOCBISECT_GOROUTINES"
    /// The environment variable that asks for heap dumps among the profiles.
    static let heapDumpVariable = "ALLOCBISECT_HEAP_DUMP"

    /// The files that are added to `testing` for profiles.
    ///
    /// A heap profile has what one benchmark added to what was there before, from the records of the runtime. Go's own
    /// writer would write all stacks of the process anew at the end of every sub-benchmark, which takes longer than the
    /// benchmark.
    ///
    /// - Parameter records: What of the runtime's records can be had.
    static func profileSources(_ records: MemoryRecords) -> [String: String] {
        [
            "testing/allocbisect_profiles.go": profilesSource, "testing/allocbisect_proto.go": protoSource,
            "testing/allocbisect_records.go": records.source,
        ]
    }

    private static let profilesSource = """
        package testing

        import (
        \t"compress/gzip"
        \t"encoding/binary"
        \t"fmt"
        \t"io"
        \t"os"
        \t"runtime"
        \t"runtime/debug"
        \t"runtime/pprof"
        \t"strings"
        )

        // allocbisectFolder is where profiles are wanted, if they are.
        var allocbisectFolder, allocbisectSnapshots = os.Getenv("\(profilesVariable)"), 0

        var allocbisectDumpsHeap = os.Getenv("\(heapDumpVariable)") != ""

        var allocbisectListsGoroutines = os.Getenv("\(goroutinesVariable)") != ""

        // allocbisectIsProfiled tells whether the benchmark that runs is to be profiled.
        var allocbisectProfiled, allocbisectIsProfiled = os.Getenv("\(profiledVariable)"), false

        // What comes before the first benchmark is not noted.
        func init() {
        \tif allocbisectFolder != "" {
        \t\truntime.MemProfileRate = 0
        \t}
        }

        // allocbisectBegin is called before each run of a benchmark. What others allocate is not noted.
        func allocbisectBegin(name string) {
        \tif allocbisectFolder == "" {
        \t\treturn
        \t}
        \tallocbisectIsProfiled = allocbisectProfiled == "" || strings.Contains("\\n"+allocbisectProfiled+"\\n", "\\n"+name+"\\n")
        \truntime.MemProfileRate = 0
        \tif allocbisectIsProfiled {
        \t\truntime.MemProfileRate = 1
        \t}
        }

        // allocbisectSnapshot writes the profiles of this moment, and what goroutines do when there are more than before.
        // Leaked ones are marked as such in a dump only after they were looked for, which writing their profile does.
        func allocbisectSnapshot(leaks bool) string {
        \tif !allocbisectIsProfiled {
        \t\treturn ""
        \t}
        \tallocbisectSnapshots++
        \t// What is allocated from here to the next run is no part of the profiles, and noting it takes longer than all
        \t// the rest.
        \truntime.MemProfileRate = 0
        \tif allocbisectDumpsHeap {
        \t\tallocbisectDump()
        \t}
        \tallocbisectCreate("heap.pb.gz", allocbisectWriteHeap)
        \tif leaks || allocbisectListsGoroutines {
        \t\tallocbisectWrite("goroutine", ".pb.gz", 0)
        \t}
        \tif leaks {
        \t\tallocbisectWrite("goroutineleak", ".pb.gz", 0)
        \t\tallocbisectWrite("goroutine", ".txt", 2)
        \t}
        \treturn fmt.Sprintf("%d probe-snapshot\\t", allocbisectSnapshots)
        }

        func allocbisectWrite(name, suffix string, debug int) {
        \tif profile := pprof.Lookup(name); profile != nil {
        \t\tallocbisectCreate(name+suffix, func(file io.Writer) error { return profile.WriteTo(file, debug) })
        \t}
        }

        // allocbisectDump comes before what else is written, which leaves garbage.
        func allocbisectDump() {
        \tallocbisectCreate("heap.dump", func(file io.Writer) error {
        \t\tdebug.WriteHeapDump(file.(*os.File).Fd())
        \t\treturn nil
        \t})
        }

        func allocbisectCreate(name string, write func(io.Writer) error) {
        \tfile, err := os.Create(fmt.Sprintf("%s/%d.%s", allocbisectFolder, allocbisectSnapshots, name))
        \tif err == nil {
        \t\terr = write(file)
        \t}
        \tif err == nil {
        \t\terr = file.Close()
        \t}
        \tif err != nil {
        \t\tfmt.Fprintln(os.Stderr, "allocbisect:", err)
        \t}
        }

        // allocbisectValues are the objects and bytes that were allocated, and those that are in use.
        type allocbisectValues [4]int64

        // allocbisectKnown is what each stack had at the snapshot before. A key has the bytes of the stack's addresses.
        var allocbisectKnown map[string]allocbisectValues

        var allocbisectGzip, _ = gzip.NewWriterLevel(io.Discard, gzip.HuffmanOnly)

        // allocbisectWriteHeap writes what each stack has more than at the snapshot before, or less.
        func allocbisectWriteHeap(file io.Writer) error {
        \tvar key []byte
        \tsums := make(map[string]allocbisectValues, len(allocbisectKnown))
        \tallocbisectRecords(func(stack []uintptr, values allocbisectValues) {
        \t\tkey = key[:0]
        \t\tfor _, pc := range stack {
        \t\t\tkey = binary.LittleEndian.AppendUint64(key, uint64(pc))
        \t\t}
        \t\tsum := sums[string(key)]
        \t\tfor i, value := range values {
        \t\t\tsum[i] += value
        \t\t}
        \t\tsums[string(key)] = sum
        \t})
        \tprofile := allocbisectNewProfile()
        \tfor key, sum := range sums {
        \t\tbefore, isSame := allocbisectKnown[key], true
        \t\tfor i := range sum {
        \t\t\tisSame = isSame && sum[i] == before[i]
        \t\t\tbefore[i] = sum[i] - before[i]
        \t\t}
        \t\tif isSame {
        \t\t\tcontinue
        \t\t}
        \t\tstack := make([]uintptr, 0, len(key)/8)
        \t\tfor at := 0; at < len(key); at += 8 {
        \t\t\tstack = append(stack, uintptr(binary.LittleEndian.Uint64([]byte(key[at:at+8]))))
        \t\t}
        \t\tprofile.sample(stack, before)
        \t}
        \tallocbisectKnown = sums
        \tallocbisectGzip.Reset(file)
        \tallocbisectGzip.Write(profile.message)
        \treturn allocbisectGzip.Close()
        }

        """
}
