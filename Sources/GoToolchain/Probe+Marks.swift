import Foundation

extension Probe {
    /// The environment variable that has the mark of a run: a number that only `testing` gets to know.
    static let markVariable = "ALLOCBISECT_MARK"
    /// The environment variable that asks for the names of the benchmarks instead of running any.
    static let listVariable = "ALLOCBISECT_LIST"

    /// The file of `testing` in which test binaries begin, made to list its benchmarks first of all; nil when the
    /// toolchain's source does not match the rule.
    ///
    /// What is registered there is what Go runs, however it is spelled. `TestMain` comes later and cannot keep it back.
    static func listingSource(_ source: String) -> String? {
        let start = source.firstRange(of: "\nfunc MainStart(")
        guard let start, let end = source[start.upperBound...].firstRange(of: "{\n"),
            source[start.upperBound..<end.lowerBound].contains(" benchmarks []InternalBenchmark,")
        else { return nil }
        return source.replacingCharacters(in: end, with: "{\n\tallocbisectList(benchmarks)\n")
    }

    /// The file that is added to `testing` to tell its own lines from those that a benchmark prints.
    ///
    /// `package p` and `package p_test` may both have a benchmark of one name. Go runs that of `p` first; the other one
    /// is then called `BenchmarkX[_test]`.
    static let marksSource = """
        package testing

        import (
        \t"fmt"
        \t"os"
        \t"reflect"
        \t"runtime"
        \t"strings"
        )

        var allocbisectToken, allocbisectLists = allocbisectTake("\(markVariable)"), allocbisectTake("\(listVariable)") != ""

        // allocbisectOutput is the standard output, whatever the program makes of os.Stdout.
        var allocbisectOutput = os.Stdout

        // allocbisectName is the full name of the benchmark that runs.
        var allocbisectName string

        // allocbisectInside has the names of what the package itself ran, and allocbisectOutside tells whether the function
        // that runs is one of its outer tests.
        var allocbisectInside, allocbisectOutside = map[string]bool{}, false

        // allocbisectTake hands out a variable of the environment that nobody else is to read.
        func allocbisectTake(name string) string {
        \tvalue := os.Getenv(name)
        \tos.Unsetenv(name)
        \treturn value
        }

        // allocbisectList prints the names of all benchmarks where that is what is wanted.
        func allocbisectList(benchmarks []InternalBenchmark) {
        \tif !allocbisectLists {
        \t\treturn
        \t}
        \tfmt.Fprintf(allocbisectOutput, "\\n%s\\n", allocbisectToken)
        \tfor _, b := range benchmarks {
        \t\tfmt.Fprintf(allocbisectOutput, "%s %s\\n", allocbisectToken, b.Name)
        \t}
        \tos.Exit(0)
        }

        // allocbisectEnter is called before each run of a benchmark. One of testing.Benchmark has no name.
        func allocbisectEnter(b *B) {
        \tif b.name == "" || allocbisectToken == "" {
        \t\treturn
        \t}
        \tfunction, rest := b.name, ""
        \tif slash := strings.IndexByte(b.name, '/'); slash >= 0 {
        \t\tfunction, rest = b.name[:slash], b.name[slash:]
        \t} else {
        \t\tallocbisectOutside = allocbisectIsOutside(b)
        \t}
        \tallocbisectName = b.name
        \tif !allocbisectOutside {
        \t\tallocbisectInside[b.name] = true
        \t\treturn
        \t}
        \tif !allocbisectInside[function] {
        \t\treturn
        \t}
        \t// Go numbers what the other function of that name had as well.
        \tplain := function
        \tfor _, part := range strings.Split(rest, "/")[1:] {
        \t\tif mark := strings.LastIndexByte(part, '#'); mark >= 0 && allocbisectInside[plain+"/"+part[:mark]] {
        \t\t\tpart = part[:mark]
        \t\t}
        \t\tplain += "/" + part
        \t}
        \tallocbisectName = function + "[_test]" + plain[len(function):]
        }

        // allocbisectIsOutside tells whether a function is of the package of tests that lies outside the tested one.
        func allocbisectIsOutside(b *B) bool {
        \t// Of what is inlined at the beginning, the last one is the function itself.
        \tframes := runtime.CallersFrames([]uintptr{reflect.ValueOf(b.benchFunc).Pointer() + 1})
        \tname := ""
        \tfor more := true; more; {
        \t\tvar frame runtime.Frame
        \t\tframe, more = frames.Next()
        \t\tname = frame.Function
        \t}
        \tname = name[strings.LastIndexByte(name, '/')+1:]
        \tif dot := strings.IndexByte(name, '.'); dot >= 0 {
        \t\tname = name[:dot]
        \t}
        \tif strings.HasSuffix(b.importPath, "_test") {
        \t\treturn strings.HasSuffix(name, "_test_test")
        \t}
        \treturn strings.HasSuffix(name, "_test")
        }

        // allocbisectSigned marks the line that testing prints of a benchmark, and none that the benchmark makes itself.
        func allocbisectSigned() string {
        \tif allocbisectToken == "" || allocbisectName == "" {
        \t\treturn ""
        \t}
        \tvar callers [8]uintptr
        \tframes := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
        \tframes.Next()
        \tif frame, _ := frames.Next(); !strings.HasPrefix(frame.Function, "testing.") {
        \t\treturn ""
        \t}
        \treturn fmt.Sprintf("%s probe-of:%s\\t", allocbisectToken, allocbisectName)
        }

        """
}
