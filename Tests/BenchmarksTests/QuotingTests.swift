import Benchmarks
import Testing

@Suite("Quoting for a shell")
struct QuotingTests {
    @Test("A path becomes one word of a shell's command line")
    func quoting() {
        #expect("/a/b-c_1.pb.gz".shellQuoted == "/a/b-c_1.pb.gz")
        #expect("HEAD~3".shellQuoted == "HEAD~3" && "PATH=/bin:~/bin".shellQuoted == "'PATH=/bin:~/bin'")
        #expect("/a b/$(x)'y'".shellQuoted == "'/a b/$(x)'\\''y'\\'''")
    }
}
