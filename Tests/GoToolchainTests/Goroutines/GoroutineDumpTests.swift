import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Goroutine dumps that real Go writes", .tags(.go), .serialized)
struct GoroutineDumpTests {
    /// The dump of a test with goroutines of every sort.
    private func dump(_ go: String, findsLeaks: Bool = false, variables: [String: String] = [:]) async throws -> String
    {
        let folder = try GoModule([:], hasModule: false)
        let path = folder.folder.appending(path: "dump.txt").path
        let source = GoroutineSource.test(dump: path, findsLeaks: findsLeaks)
        let bench = try await Workbench(
            go, ["m_test.go": source], variables: variables, extra: Array(variables.keys))
        let binary = try await bench.binary()
        let child = ChildProcess(
            executable: binary.path, arguments: ["-test.run=TestDump"], directory: bench.root,
            environment: bench.toolchain.environment.variables, limits: Limits())
        let outcome = try await child.run()
        #expect(outcome.ending == .exited(0), "\(outcome.errorText)")
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    /// The group of the goroutines that have a function of the test's package as their outermost.
    private func group(_ groups: [GoroutineGroup], _ function: String) throws -> GoroutineGroup {
        let found = groups.filter { $0.trace.frames.last?.function == "example.com/m." + function }
        try #require(found.count == 1, "\(function): \(found)")
        return found[0]
    }

    @Test(arguments: GoCommands.all) func tellsWhatGoroutinesWaitFor(go: String) async throws {
        let text = try await dump(go)
        let traces = GoroutineTrace.parse(text)
        #expect(traces.count == text.split(separator: "\n").count { $0.hasPrefix("goroutine ") })
        #expect(traces.allSatisfy { !$0.isLeaked && !$0.frames.isEmpty })
        #expect(traces.filter { $0.createdBy == nil }.count == 1, "the main goroutine")
        let groups = GoroutineGroup.groups(of: traces.shuffled())
        #expect(groups == GoroutineGroup.groups(of: traces) && groups.map(\.count).reduce(0, +) == traces.count)
        let leaked = try #require(groups.first)
        #expect(leaked.count == 5000 && leaked.trace.state == "chan receive")
        #expect(leaked.trace.frames.map(\.function) == ["example.com/m.leak.func1"])
        #expect(leaked.trace.createdBy?.function == "example.com/m.leak")
        let lines = GoroutineSource.test(dump: "").split(separator: "\n", omittingEmptySubsequences: false)
        for frame in [leaked.trace.frames[0], try #require(leaked.trace.createdBy)] {
            #expect(frame.file.hasSuffix("/tree/m_test.go") && lines[frame.line - 1].contains("go func() { <-c }()"))
        }
        let isOld = traces.contains { $0.state == "semacquire" }
        let states = [
            "receive": ["chan receive", "chan receive (nil chan)"], "send": ["chan send", "chan send (nil chan)"],
            "choose": ["select"], "never": ["select (no cases)"], "bound": ["select (no cases)"],
            "lock": [isOld ? "semacquire" : "sync.Mutex.Lock"], "join": [isOld ? "semacquire" : "sync.WaitGroup.Wait"],
            "await": ["sync.Cond.Wait"], "sleepForever": ["sleep"], "tick": ["chan receive"], "accept": ["IO wait"],
            "(*server).wait": ["chan receive"], "(*box[...]).hold": ["chan receive"], "generic[...]": ["chan receive"],
        ]
        for (function, expected) in states {
            let found = groups.filter { $0.trace.frames.last?.function == "example.com/m." + function }
            #expect(found.map(\.trace.state).sorted() == expected, "\(function)")
            #expect(found.allSatisfy { $0.count == 1 && $0.trace.createdBy?.function == "example.com/m.TestDump" })
        }
        #expect(try group(groups, "accept").trace.frames.contains { $0.function == "net.(*TCPListener).Accept" })
        #expect(try group(groups, "deep").trace.frames.count < 110, "Go leaves calls out")
    }

    @Test(arguments: GoCommands.all) func ancestors(go: String) async throws {
        let plain = GoroutineGroup.groups(of: GoroutineTrace.parse(try await dump(go)))
        let traced = GoroutineTrace.parse(try await dump(go, variables: ["GODEBUG": "tracebackancestors=5"]))
        #expect(GoroutineGroup.groups(of: traced).map(\.count) == plain.map(\.count))
        #expect(traced.allSatisfy { $0.frames.last?.function != "testing.tRunner" || $0.createdBy != nil })
    }

    @Test(arguments: GoCommands.all) func leaks(go: String) async throws {
        guard try await Workbench(go, [:]).toolchain.minorVersion >= 27 else { return }
        let groups = GoroutineGroup.groups(of: GoroutineTrace.parse(try await dump(go, findsLeaks: true)))
        #expect(groups.first?.count == 5000 && groups.first?.trace.isLeaked == true)
        #expect(groups.first?.trace.state == "chan receive")
        for function in ["choose", "never", "bound", "await", "deep", "generic[...]"] {
            #expect(try group(groups, function).trace.isLeaked, "\(function)")
        }
        for function in ["sleepForever", "accept", "(*server).wait", "lock", "join"] {
            #expect(try !group(groups, function).trace.isLeaked, "\(function)")
        }
        #expect(try group(groups, "never").trace.state == "select (no cases)")
    }
}
