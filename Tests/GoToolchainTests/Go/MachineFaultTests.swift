import Testing

@testable import GoToolchain

@Suite("Whose fault a failure is")
struct MachineFaultTests {
    private func fault(_ text: String, _ ending: ChildProcess.Ending = .exited(1)) -> MachineFault? {
        MachineFault(ofBuild: ending, saying: text)
    }

    @Test(
        "The machine's, when what keeps Go from building lies there",
        arguments: [
            "# example.com/m\nmkdir /tmp/go-build1/b001/: no space left on device",
            "# example.com/m\n/usr/lib/go/pkg/tool/linux_amd64/link: signal: killed",
            "go: could not create module cache: mkdir /home/ada/go: permission denied",
            "go: creating work dir: stat /nowhere: no such file or directory",
            "build cache is required, but could not be located: GOCACHE is not defined",
            "fork/exec /usr/lib/go/pkg/tool/linux_amd64/compile: resource temporarily unavailable",
            "open m.go: too many open files", "# m\nread /x: input/output error", "", "who knows",
        ])
    func machines(text: String) {
        #expect(fault(text)?.remedy.hasSuffix(".") == true)
    }

    @Test(
        "The commit's, on the words of a compiler or of Go about its files",
        arguments: [
            "# example.com/m\n./m.go:3:1: syntax error", "m_test.go:3:1: expected declaration, found x",
            "# m\nm.main: relocation target m.f not defined", "go: inconsistent vendoring in /r:",
            "go.mod:3: unknown directive: x", "package m\n\timports m/x: import cycle not allowed",
            "m.go:4:2: no required module provides package example.com/x; to add it:\n\tgo get example.com/x",
            "./m.go:7:9: undefined: permission denied",
        ])
    func commits(text: String) {
        #expect(fault(text) == nil)
    }

    @Test("A go command that a signal ends says nothing of the commit") func signals() {
        #expect(fault("./m.go:3:1: syntax error", .signalled(9)) != nil)
    }

    @Test("What a test binary says of itself is the commit's, unless the machine ended it") func runs() {
        func fault(_ ending: ChildProcess.Ending, _ text: String = "", memory: UInt64? = nil) -> MachineFault? {
            MachineFault(ofRun: ending, saying: text, limits: Limits(memory: memory))
        }
        #expect(fault(.exited(1), "--- FAIL: BenchmarkX\n    dial tcp: connection refused") == nil)
        #expect(fault(.exited(2), "panic: boom") == nil && fault(.signalled(11)) == nil)
        #expect(fault(.signalled(9)) != nil && fault(.signalled(15)) != nil && fault(.signalled(7)) != nil)
        #expect(fault(.exited(1), "--- FAIL: BenchmarkX\n    write x: no space left on device") != nil)
        let memory = "fatal error: runtime: cannot allocate memory"
        #expect(fault(.exited(2), memory) != nil && fault(.exited(2), memory, memory: 1 << 30) == nil)
    }
}
