import Benchmarks
import Foundation
import Git
import GoToolchain
import Testing

@testable import Fleet
@testable import Measuring

@Suite("What is said between machines")
struct WorkerWordsTests {
    @Test("comes out as it went in, in one line")
    func orders() throws {
        let part = WorkerJob.Part(
            commit: "c", tree: "t",
            targets: [.init(package: "./a b\n", pattern: "^BenchmarkÄ$/^\"x\"$", short: 1, long: nil, rounds: 3)])
        let session = WorkerSession(
            repository: "x-1", source: "/a\tb",
            options: PortableOptions(MeasuringOptions(), hasBox: false, pinnedTests: nil),
            go: "/go", width: 4)
        let requests: [WorkerRequest] = [
            .session(session), .begin, .objects([SentObject(GitObject(kind: .blob, bytes: [0, 255, 10]))]),
            .complete(["c"]), .job(WorkerJob(id: "1-1", references: [part], wanted: part)),
        ]
        for request in requests {
            let line = try request.line
            #expect(!line.contains("\n"))
            #expect(WorkerRequest(line: line) == request)
        }
        #expect(WorkerRequest(line: "Last login: Thu") == nil && WorkerReply(line: "") == nil)
    }

    @Test("Options come to another machine as they are")
    func options() throws {
        var options = MeasuringOptions()
        (options.iterations, options.cpu, options.tags, options.gcflags) = (7, 2, "x,y", "-N -l")
        (options.testArguments, options.beforeBuild, options.environmentNames) = (["-test.short"], "make", ["A"])
        (options.isTimed, options.hasNetwork, options.sanitizer) = (true, true, .race)
        options.limits = .init(time: .seconds(3), memory: 5)
        options.patch = try Patch(
            name: "p", text: Array("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n".utf8))
        let sent = PortableOptions(options, hasBox: false, pinnedTests: ObjectID(String(repeating: "b", count: 40)))
        var other = MeasuringOptions()
        try JSONDecoder().decode(PortableOptions.self, from: JSONEncoder().encode(sent)).apply(to: &other)
        #expect(other.testsFrom == String(repeating: "b", count: 40) && other.sandbox == .off)
        #expect(PortableOptions(other, hasBox: false, pinnedTests: other.testsFrom.flatMap(ObjectID.init)) == sent)
        #expect(other.patch?.text == options.patch?.text && other.limits == options.limits)
    }

    @Test("squeue's lines are read, whatever stands between them")
    func squeue() {
        let text = """
            15            0                 RUNNING             None
            15            3                 PENDING             Nodes required for job are DOWN, DRAINED or reserved
            slurm_load_jobs error: Unable to contact slurm controller
            16            N/A               RUNNING             None
            17            0                 PENDING             launch failed requeued held
            17            1                 PENDING             JobHeldUser
            17            2                 SPECIAL_EXIT        None
            17            3                 PENDING             job requeued in held state
            """
        let states = SlurmQueue.states(text)
        func state(_ array: Int, _ number: Int) -> SlurmQueue.TaskState? {
            states[.init(array: array, number: number)]
        }
        #expect(states.count == 6)
        #expect(state(15, 0) == .init(state: "RUNNING", reason: "None"))
        #expect(
            state(15, 3) == .init(state: "PENDING", reason: "Nodes required for job are DOWN, DRAINED or reserved"))
        // Those that Slurm would never start by itself. What a person holds is that person's affair.
        #expect(states.filter(\.value.isGivenUp).keys.map(\.number).sorted() == [0, 2, 3])
        #expect(state(17, 0)?.isGivenUp == true && state(17, 2)?.isGivenUp == true)
    }
}

@Suite("Machines that count otherwise")
struct CountDifferenceTests {
    private func measurement(
        _ totals: [(short: Double, long: Double)], pair: IterationPair = .init(short: 10, long: 100)
    )
        -> Benchmarks.Measurement
    {
        Benchmarks.Measurement(
            target: .init(package: ".", pattern: "^BenchmarkWork$"), pair: pair,
            rounds: totals.map {
                Round(
                    short: ["BenchmarkWork": ["probe-mallocs": $0.short]],
                    long: ["BenchmarkWork": ["probe-mallocs": $0.long]])
            })
    }

    @Test("differ from those whose counts vary by chance")
    func counts() {
        let one = measurement([(10, 100)])
        #expect(one.countDifference(from: one) == nil)
        #expect(one.countDifference(from: measurement([(10, 100), (11, 101)])) == nil)
        #expect(one.countDifference(from: measurement([(20, 200)])) == "BenchmarkWork with 1 instead of 2 allocs/op")
        #expect(one.countDifference(from: measurement([(10, 110)])) != nil)
        let varying = measurement([(1000, 10000), (1000, 12000), (1000, 11000)])
        #expect(varying.countDifference(from: measurement([(1000, 11500), (1000, 10500), (1000, 12500)])) == nil)
        #expect(varying.countDifference(from: measurement([(1000, 31500), (1000, 30500), (1000, 32500)])) != nil)
        #expect(one.countDifference(from: measurement([(10, 100)], pair: .init(short: 10, long: 200))) != nil)
        let failed = Benchmarks.Measurement(target: one.target, failure: Failure(.panicked))
        #expect(one.countDifference(from: failed) != nil && failed.countDifference(from: one) != nil)
    }

    @Test("have another recipe, which is named")
    func recipes() {
        let recipe = Recipe(goVersion: "go1.27.3", platform: "linux/amd64/v1", environment: ["A": "1"], probe: 6)
        var other = recipe
        #expect(recipe.difference(from: other) == nil)
        other.goVersion = "go1.19.8"
        #expect(recipe.difference(from: other) == "it has go1.27.3, and not go1.19.8")
        let third = Recipe(
            goVersion: "go1.27.3", platform: "linux/amd64/v1", environment: ["A": "2", "B": "1"], probe: 6)
        #expect(recipe.difference(from: third) == "it differs in A, B")
    }
}
