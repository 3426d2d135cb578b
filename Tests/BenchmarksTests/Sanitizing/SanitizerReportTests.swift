import Benchmarks
import Testing

@Suite("What sanitizers report")
struct SanitizerReportTests {
    /// As Go 1.27 prints it, of a tree in /tmp/r.
    private static func race(
        first: String = "Write", second: String = "Previous read", at address: String = "0x00c000018258"
    ) -> String {
        let accesses = [
            "Write":
                "  example.com/r.(*C).Inc()\n      /tmp/r/r.go:5 +0x47\n  example.com/r.TestRace.func1()\n      /tmp/r/r_test.go:11 +0xe",
            "read":
                "  example.com/r.(*C).Get()\n      /tmp/r/r.go:6 +0x104\n  example.com/r.TestRace()\n      /tmp/r/r_test.go:12 +0xfa\n  testing.tRunner()\n      /go/src/testing/testing.go:2195 +0x21c",
        ]
        func access(_ kind: String) -> String {
            accesses[kind.lowercased().hasSuffix("write") ? "Write" : "read"] ?? ""
        }
        func number(_ kind: String) -> Int { kind.lowercased().hasSuffix("write") ? 8 : 7 }
        return """
            ==================
            WARNING: DATA RACE
            \(first) at \(address) by goroutine \(number(first)):
            \(access(first))

            \(second) at \(address) by goroutine \(number(second)):
            \(access(second))

            Goroutine 8 (running) created at:
              example.com/r.TestRace()
                  /tmp/r/r_test.go:11 +0xf9
              testing.tRunner()
                  /go/src/testing/testing.go:2195 +0x21c

            Goroutine 7 (running) created at:
              testing.(*T).Run()
                  /go/src/testing/testing.go:2260 +0xb12
            ==================
            """
    }

    private static let address = """
        =================================================================
        ==18846==ERROR: AddressSanitizer: heap-use-after-free on address 0x10c0000a0063 at pc 0x0000005f3b6e bp 0x000000000000 sp 0x10c000038700
        WRITE of size 8 at 0x10c0000a0063 thread T0
            #0 0x5f3b6d in example.com/r.TestBounds /tmp/r/r_test.go:31
            #1 0x5f3b6e in testing.tRunner /go/src/testing/testing.go:2195

        0x10c0000a0063 is located 3 bytes inside of 8-byte region [0x10c0000a0060,0x10c0000a0068)
        freed by thread T0 here:
            #0 0x7f3b6d in free (/usr/lib/libasan.so.8+0xb76a8)
            #1 0x5f3b6f in example.com/r.release /tmp/r/r.go:9

        SUMMARY: AddressSanitizer: heap-use-after-free /tmp/r/r_test.go:31 in example.com/r.TestBounds
        Shadow bytes around the buggy address:
          0x02188000bfb0: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        Shadow byte legend (one shadow byte represents 8 application bytes):
        ==18846==ABORTING
        """

    private static let pointer = """
        fatal error: checkptr: pointer arithmetic result points to invalid allocation

        goroutine 21 gp=0xc0000961e0 m=0 mp=0x818780 [running]:
        runtime.throw({0x5c671d?, 0x51f001?})
        \t/go/src/runtime/panic.go:1047 +0x5d fp=0xc00004ae50 sp=0xc00004ae20 pc=0x46d09d
        runtime.checkptrArithmetic(0x0?, {0x0?, 0x0?})
        \t/go/src/runtime/checkptr.go:26 +0x6c fp=0xc00004ae70 sp=0xc00004ae50 pc=0x43d02c
        example.com/r.Sum({0xc00, 0x3, 0x4})
        \t/tmp/r/r.go:30 +0x53 fp=0xc00004aea8 sp=0xc00004ae70 pc=0x587ad3
        testing.tRunner(0xc000086ea0, 0x5c7838)
        \t/go/src/testing/testing.go:1446 +0x217 fp=0xc00004afb0 sp=0xc00004aea8 pc=0x51f017
        created by testing.(*T).Run
        \t/go/src/testing/testing.go:1493 +0x75e

        goroutine 1 [chan receive]:
        testing.(*T).Run(0xc000086d00, {0x5c3c2a?, 0x0?}, 0x5c7838)
        \t/go/src/testing/testing.go:1494 +0x37a
        """

    private func reports(_ text: String) -> [SanitizerReport] {
        var reader = SanitizerReader(root: "/tmp/r")
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { reader.read(String(line)) }
        reader.finish()
        return reader.reports
    }

    @Test("A race has both accesses, and where their goroutines were started")
    func race() throws {
        let report = try #require(reports("panic: no\n" + SanitizerReportTests.race() + "\nPASS").first)
        #expect(report.title == "data race: read in r.(*C).Get, write in r.(*C).Inc")
        #expect(
            report.lines == [
                "read by goroutine:", "  r.go:6  r.(*C).Get", "  r_test.go:12  r.TestRace",
                "write by goroutine:", "  r.go:5  r.(*C).Inc", "  r_test.go:11  r.TestRace.func1",
                "goroutine created:", "  r_test.go:11  r.TestRace",
            ])
    }

    @Test("The same race reads the same, whoever came first and no matter where it was")
    func sameRace() {
        let other = SanitizerReportTests.race(first: "Read", second: "Previous write", at: "0x00c000018300")
        #expect(reports(SanitizerReportTests.race() + "\n" + other).count == 1)
        let elsewhere = other.replacing("r.go:6", with: "r.go:7")
        #expect(reports(SanitizerReportTests.race() + "\n" + elsewhere).count == 2)
    }

    @Test("Faults of memory and of pointers have their stacks")
    func faults() {
        let address = reports(SanitizerReportTests.address)
        #expect(address.map(\.title) == ["AddressSanitizer: heap-use-after-free in r.TestBounds"])
        #expect(
            address.first?.lines == [
                "write of size 8:", "  r_test.go:31  r.TestBounds", "freed by thread here:",
                "  lib/libasan.so.8+0xb76a8)  free", "  r.go:9  r.release",
            ], "\(address)")
        let pointer = reports(SanitizerReportTests.pointer)
        #expect(
            pointer.map(\.title) == ["checkptr: pointer arithmetic result points to invalid allocation in r.Sum"])
        #expect(pointer.first?.lines == ["found:", "  r.go:30  r.Sum"])
    }

    @Test("A text of several is taken apart again")
    func texts() {
        let all = reports(SanitizerReportTests.race() + "\n" + SanitizerReportTests.address)
        #expect(all.count == 2)
        #expect(SanitizerReport.all(in: all.map(\.text).joined(separator: "\n")) == all)
    }

    @Test("Text that ends anywhere is read")
    func damage() {
        let text =
            SanitizerReportTests.race() + "\n" + SanitizerReportTests.address + "\n" + SanitizerReportTests.pointer
        for length in stride(from: 0, to: text.count, by: 7) {
            #expect(reports(String(text.prefix(length))).count <= 3)
        }
    }

    @Test("What any round reported stays, as its value does")
    func joining() {
        let (one, two) = (reports(SanitizerReportTests.race()), reports(SanitizerReportTests.address))
        #expect(Failure(one + two).reports == one + two)
        #expect(Failure.joining(Failure(one), nil) == Failure(one))
        #expect(Failure.joining(Failure(one), Failure(.timeout)) == Failure(one))
        #expect(Failure.joining(Failure(one), Failure(two + one)) == Failure(one + two))
        #expect(Failure.joining(Failure(.leftProcesses), nil) == nil)
        #expect(Failure.joining(nil, Failure(two)) == Failure(two))
    }

    /// A commit that has the fault is taken for one without it at most once in a hundred times.
    @Test("The rarer a fault shows at the bad end, the more runs without it make a commit good")
    func rareFaults() throws {
        func rounds(_ bad: [Double]) throws -> Int {
            let criterion = Criterion(
                metric: .reports, bound: Bound(.above, 0), badValues: bad, pair: IterationPair(short: 10, long: 10))
            var rounds = 0
            while rounds < 100 {
                rounds += 1
                let values = Array(repeating: 0.0, count: rounds)
                switch criterion.judge(Sample(.reports, reported: values)) {
                case .good: return rounds
                case .needs(let more): #expect(more > rounds)
                case .bad, .noise: Issue.record("no fault was met")
                }
            }
            return rounds
        }
        #expect(try rounds([0, 0, 0]) == 3)
        #expect(try rounds([1, 1, 1]) == 3)
        #expect(try rounds([1, 0, 2]) == 6)
        #expect(try rounds([0, 0, 1]) == 10)
        for hits in 1...9 {
            let bad = (0..<10).map { $0 < hits ? 1.0 : 0 }
            let miss = 1 - Double(hits + 1) / 12
            #expect((0..<(try rounds(bad))).reduce(1) { chance, _ in chance * miss } <= 0.01)
        }
        let met = try #require(Sample(.reports, reported: [0, 1]))
        let criterion = Criterion(
            metric: .reports, bound: Bound(.above, 0), badValues: [0, 0, 1], pair: IterationPair(short: 10, long: 10))
        #expect(criterion.judge(met) == .bad)
        #expect(criterion.roundsAtBadEnd == 10)
    }
}
