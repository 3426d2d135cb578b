import Foundation
import Git
import TestSupport
import Testing

/// Benchmarks that mean no harm, and need what lies around them.
@Suite("Honest work in the box", .tags(.go), .serialized)
struct BoxedWorkTests {
    @Test("A path with tabs or line breaks is as good as any other", arguments: ["t\tb", "n\nl", "q'\"%d $x"])
    func oddPaths(name: String) async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        let path = history.folder.appending(path: name).path
        try FileManager.default.moveItem(atPath: history.path, toPath: path)
        let outcome = try await Program.run(["main~1..main", "-m", "allocs/op", "--no-explain"], in: path)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        try FileManager.default.moveItem(atPath: path, toPath: history.path)
        #expect(outcome.output.contains("culprit \(try history.id("1"))"), "\(outcome.output)")
    }

    @Test("A service of the machine is out of reach, which is reported with what lets a benchmark reach it")
    func service() async throws {
        let service = try Service()
        let history = try GoHistory()
        let test = """
            package m

            import (
            \t"net"
            \t"testing"
            )

            func BenchmarkWork(b *testing.B) {
            \tconnection, err := net.Dial("tcp", "127.0.0.1:\(service.port)")
            \tif err != nil {
            \t\tb.Fatal(err)
            \t}
            \tdefer connection.Close()
            \tb.ResetTimer()
            \tfor i := 0; i < b.N; i++ {
            \t\tWork()
            \t}
            }

            """
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": test])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        let arguments = ["main~1..main", "-m", "allocs/op", "--no-explain"]
        let closed = try await Program.run(arguments, in: history.path)
        #expect(closed.status == 4 && closed.output.contains("try again with --network"), "\(closed.output)")
        let open = try await Program.run(arguments + ["--network"], in: history.path)
        let culprit = try history.id("1").short
        #expect(open.status == 0 && open.output.contains(culprit), "\(open.output)\(open.errors)")
    }

    @Test(
        "Go in a benchmark builds the programs of its module, with the user's flags, though no repository is there",
        arguments: GoCommands.all, ["auto", "off"])
    func buildsPrograms(go: String, sandbox: String) async throws {
        let history = try GoHistory()
        let test = """
            package m

            import (
            \t"os/exec"
            \t"strings"
            \t"testing"
            )

            func BenchmarkWork(b *testing.B) {
            \tif said, err := exec.Command("go", "list", "-export", "./...").CombinedOutput(); err != nil {
            \t\tb.Fatalf("%v: %s", err, said)
            \t}
            \tsaid, err := exec.Command("go", "run", "./tool").CombinedOutput()
            \tif err != nil || !strings.HasPrefix(string(said), "tagged") {
            \t\tb.Fatalf("%v: %s", err, said)
            \t}
            \tb.ResetTimer()
            \tfor i := 0; i < b.N; i++ {
            \t\tWork()
            \t}
            }

            """
        let tool = """
            //go:build special

            package main

            func main() { println("tagged") }

            """
        try history.commit(
            "0", ["m.go": GoSource.work(allocations: 1), "m_test.go": test, "tool/main.go": tool])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        let outcome = try await Program.run(
            ["main~1..main", "-m", "allocs/op", "--no-explain", "--go", go, "--sandbox", sandbox],
            in: history.path, environment: Program.environment.merging(["GOFLAGS": "-tags=special"]) { $1 })
        let culprit = try history.id("1").short
        #expect(outcome.status == 0 && outcome.output.contains(culprit), "\(outcome.output)\(outcome.errors)")
    }

    @Test(
        "What reads a file that a partial clone lacks is not a culprit, whoever knows what it reads",
        arguments: [[], ["--no-input-classes"], ["--before-build", "true"]])
    func partialClone(words: [String]) async throws {
        let history = try GoHistory()
        let test = """
            package m

            import (
            \t"os"
            \t"testing"
            )

            func BenchmarkWork(b *testing.B) {
            \tall, _ := os.ReadDir("doc")
            \tfor i := 0; i < b.N*(1+3*len(all)); i++ {
            \t\tWork()
            \t}
            }

            """
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": test, "doc/logo": "0"])
        for name in ["1", "2"] { try history.commit(name, ["doc/logo": name]) }
        let path = history.folder.path + "/clone"
        let cloned = try await Program.shell(
            "git -C '\(history.path)' config uploadpack.allowFilter true && "
                + "git clone -q --filter=blob:none -b main 'file://\(history.path)' '\(path)'", in: history.folder.path)
        #expect(cloned.status == 0, "\(cloned.errors)")
        let outcome = try await Program.run(
            ["main~2..main", "-m", "allocs/op", "-t", "+1", "--no-explain"] + words, in: path)
        #expect(outcome.status == 4 && !outcome.output.contains("culprit"), "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("git fetch --refetch --no-filter"), "\(outcome.output)")
    }

    @Test(
        "A module that is missing is fetched, and the build that needs it sees it",
        arguments: GoCommands.all)
    func fetches(go: String) async throws {
        let history = try GoHistory()
        let module = "module example.com/m\n\ngo 1.19\n\nrequire example.com/dep v1.0.0\n"
        let test = """
            package m

            import (
            \t"testing"

            \t"example.com/dep"
            )

            func BenchmarkWork(b *testing.B) {
            \tfor i := 0; i < b.N; i++ {
            \t\tdep.Work(Times)
            \t}
            }

            """
        for (number, times) in [1, 1, 3].enumerated() {
            try history.commit(
                "\(number)",
                ["go.mod": module, "m_test.go": test, "m.go": "package m\n\nconst Times = \(times) // \(number)\n"])
        }
        let made = try await Program.shell(
            """
            mkdir -p proxy/example.com/dep/@v dep && cd dep && git init -q
            printf 'module example.com/dep\n\ngo 1.19\n' >go.mod
            printf 'package dep\n\nvar S []byte\n\nfunc Work(n int) {\n\tfor ; n > 0; n-- {\n\t\tS = make([]byte, 99)\n\t}\n}\n' >d.go
            git add -A && git -c user.name=A -c user.email=a@example.com commit -qm 1 && cd ../proxy/example.com/dep/@v
            git -C ../../../../dep archive --format=zip --prefix=example.com/dep@v1.0.0/ HEAD >v1.0.0.zip
            cp ../../../../dep/go.mod v1.0.0.mod && echo v1.0.0 >list
            echo '{"Version":"v1.0.0","Time":"2023-01-01T00:00:00Z"}' >v1.0.0.info
            """, in: history.folder.path)
        #expect(made.status == 0, "\(made.errors)")
        let variables = [
            "GOPROXY": "file://\(history.folder.path)/proxy", "GOSUMDB": "off", "GOFLAGS": "-mod=mod -modcacherw",
            "GOMODCACHE": history.folder.path + "/modules",
        ]
        let outcome = try await Program.run(
            ["main~2..main", "-m", "allocs/op", "--format", "json", "--no-explain", "--go", go],
            in: history.path, environment: Program.environment.merging(variables) { $1 })
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.culprits(of: "BenchmarkWork") == [history.id("2").description], "\(outcome.output)")
    }
}

/// Something that listens on the machine's loopback.
private final class Service: Sendable {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = self.descriptor
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
                    && listen(descriptor, 64) == 0
            }
        }
        try #require(isListening)
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
}
