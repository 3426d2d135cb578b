import Reports
import Testing

@testable import Measuring

@Suite("What a command prints while it runs is what its golden file says")
struct ProgressGoldenTests {
    /// Every event, with one and with several of what is counted, below and above two minutes.
    private static var events: [Event] {
        let commit = Given.id(1)
        var elsewhere = Event.Progress(candidates: 40, steps: 7, seconds: 400)
        var jobs = Event.FleetProgress(jobs: 1, machines: 1, rate: 0.25)
        elsewhere.fleet = jobs
        var crowded = elsewhere
        jobs = Event.FleetProgress(jobs: 3, machines: 2, rate: 25)
        crowded.fleet = jobs
        return [
            .workTree(commit: commit), .measuring(commit: commit, purpose: "to halve the range"),
            .measuring(commit: commit, purpose: Given.hostile("a purpose")),
            .benchmarks(commit: commit, purpose: "the good end", .init(done: 0, all: 3, seconds: nil)),
            .benchmarks(commit: commit, purpose: "the good end", .init(done: 2, all: 3, seconds: 119.2)),
            .benchmarks(commit: commit, purpose: "the good end", .init(done: 2, all: 3, seconds: 121)),
            .measured(commit: commit, summary: "BenchmarkWork 3 allocs/op"),
            .measured(commit: commit, summary: Given.hostile("a summary")),
            .explaining(commit: commit),
            .progress(.init(candidates: 1, steps: 0, seconds: nil)),
            .progress(.init(candidates: 1, steps: 1, seconds: nil)),
            .progress(.init(candidates: 40, steps: 7, seconds: 31)),
            .progress(elsewhere), .progress(crowded),
            .queued(jobs: 2, reason: Given.hostile("a reason")),
        ]
    }

    @Test("for every event")
    func lines() throws {
        let lines = Self.events.map { "\($0)".prefix { $0 != "(" } + ": " + ($0.line ?? "(nothing)") }
        try expectGolden(lines.joined(separator: "\n") + "\n", "progress.txt")
    }
}
