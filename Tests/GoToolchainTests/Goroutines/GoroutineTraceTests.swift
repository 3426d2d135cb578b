import TestSupport
import Testing

@testable import GoToolchain

@Suite("Dumps of goroutines: fixed, damaged and large")
struct GoroutineTraceTests {
    private static let dump = """
        goroutine 1 [running]:
        main.main()
        \t/tmp/a dir/main.go:104 +0xa8e

        goroutine 7 gp=0xc0001 m=0 mp=0x5 [chan receive (nil chan) (leaked) (scan), 5 minutes, locked to thread]:
        runtime.gopark(0x0?, 0x0?, 0x0?, 0x0?, 0x0?)
        \t/usr/lib/go/src/runtime/proc.go:363 +0xd6 fp=0xc0 sp=0xc1 pc=0x43
        main.(*server[...]).wait(0x0?, {{0x4fc0a0, 0x1}, {0x0, 0x0}}, ...)
        \t/tmp/main.go:20 +0x1e
        ...101 frames elided...
        main.F.func1.2(...)
        \tC:/go/main.go:21
        created by main.G[...] in goroutine 1
        \t/tmp/main.go:77 +0x5b2
        [originating from goroutine 1]:
        main.main(...)
        \t/tmp/main.go:100 +0x8e5
        created by main.H
        \t/tmp/main.go:3

        goroutine 8 [IO wait (durable), synctest bubble 4] {"a]b": c}:
        \tgoroutine running on other thread; stack unavailable
        created by main.main
        \t/tmp/main.go:78 +0x5b2

        """

    private static let traces = [
        GoroutineTrace(
            state: "running", isLeaked: false,
            frames: [.init(function: "main.main", file: "/tmp/a dir/main.go", line: 104)], createdBy: nil),
        GoroutineTrace(
            state: "chan receive (nil chan)", isLeaked: true,
            frames: [
                .init(function: "runtime.gopark", file: "/usr/lib/go/src/runtime/proc.go", line: 363),
                .init(function: "main.(*server[...]).wait", file: "/tmp/main.go", line: 20),
                .init(function: "main.F.func1.2", file: "C:/go/main.go", line: 21),
            ], createdBy: .init(function: "main.G[...]", file: "/tmp/main.go", line: 77)),
        GoroutineTrace(
            state: "IO wait (durable)", isLeaked: false, frames: [],
            createdBy: .init(function: "main.main", file: "/tmp/main.go", line: 78)),
    ]

    @Test func readsDumps() {
        #expect(GoroutineTrace.parse(GoroutineTraceTests.dump) == GoroutineTraceTests.traces)
        #expect(GoroutineTrace.parse("") == [])
        #expect(GoroutineTrace.parse("PASS\nmain.main()\n\t/x.go:1\n") == [])
    }

    @Test func groupsWithoutTheRuntime() {
        let trace = GoroutineTraceTests.traces[1]
        #expect(trace.withoutRuntime.frames == Array(trace.frames.dropFirst()))
        let inner = GoroutineTrace(
            state: "force gc (idle)", isLeaked: false, frames: [trace.frames[0]], createdBy: nil)
        #expect(inner.withoutRuntime == inner)
        let groups = GoroutineGroup.groups(of: GoroutineTraceTests.traces + [trace, trace.withoutRuntime])
        #expect(groups.map(\.count) == [3, 1, 1] && groups[0].trace == trace.withoutRuntime)
        #expect(groups.map(\.trace.state) == ["chan receive (nil chan)", "IO wait (durable)", "running"])
    }

    @Test(arguments: [
        "goroutine [running]", "goroutine 1 [running", "goroutine 1 []:", "goroutine 1 [ (scan)]:", "goroutine ",
        "goroutine 1 :[",
    ])
    func damagedFirstLines(header: String) {
        let lost = "\(header)\nmain.f()\n\t/x.go:1\ncreated by main.g\n\t/x.go:2\n\n"
        #expect(GoroutineTrace.parse(lost) == [])
        #expect(GoroutineTrace.parse(lost + GoroutineTraceTests.dump + lost) == GoroutineTraceTests.traces)
    }

    @Test(arguments: [
        "goXroutine 2 [running]:", "main.f", "main.f(0x1", ")", "()", "))", "created by ", "[originating from",
        "\u{FFFD}",
    ])
    func linesOfNoUseEndStacks(line: String) {
        let frame = GoroutineTrace.Frame(function: "main.f", file: "/x.go", line: 1)
        let text = "goroutine 1 [running]:\nmain.f(0x1)\n\t/x.go:1 +0x5\n\(line)\n\t/y.go:7\nmain.g()\n\t/y.go:7\n"
        #expect(
            GoroutineTrace.parse(text)
                == [GoroutineTrace(state: "running", isLeaked: false, frames: [frame], createdBy: nil)])
    }

    @Test(arguments: [
        "", "\t", "\t:1", "\t/x.go", "\t/x.go:", "\t/x.go:0", "\t/x.go:x1", "\t/x.go:1x", "\t/x.go:-1", "/x.go:1",
        "\t/x.go:99999999999999999999",
    ])
    func damagedPlaces(place: String) {
        #expect(GoroutineTrace.Frame(function: "main.f", place: place) == nil)
    }

    @Test func everyBeginningOfADump() {
        let bytes = Array(GoroutineTraceTests.dump.utf8)
        var count = 0
        for length in 0...bytes.count {
            let traces = GoroutineTrace.parse(String(decoding: bytes[..<length], as: UTF8.self))
            #expect(
                traces.count >= count
                    && traces.dropLast() == GoroutineTraceTests.traces.prefix(max(0, traces.count - 1)))
            count = traces.count
        }
        #expect(count == 3)
    }

    @Test(arguments: 0..<20) func flippedBytes(seed: Int) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            var bytes = Array(GoroutineTraceTests.dump.utf8)
            for index in bytes.indices where random.once(in: 60) {
                bytes[index] ^= UInt8.random(in: 1...255, using: &random)
            }
            for trace in GoroutineTrace.parse(String(decoding: bytes, as: UTF8.self)) {
                #expect(!trace.state.isEmpty && trace.frames.allSatisfy { $0.line > 0 && !$0.function.isEmpty })
            }
        }
    }

    /// A line of megabytes, and many goroutines: the time grows with the text.
    @Test(.timeLimit(.minutes(1))) func largeTexts() {
        let many = Array(repeating: GoroutineTraceTests.dump, count: 5000).joined()
        #expect(GoroutineTrace.parse(many).count == 15000)
        let long = "goroutine 1 [running]:\nmain.f(" + String(repeating: "(", count: 5_000_000) + ")\n\t/x.go:1\n"
        #expect(GoroutineTrace.parse(long + GoroutineTraceTests.dump).count == 4)
    }
}
