import Bisection
import Git
import Testing

@testable import AllocBisectCore

/// How many jobs pay at once, by what earlier ones took.
@Suite("Times of jobs")
struct JobTimesTests {
    private static let ids = (0..<20).compactMap { ObjectID(String(repeating: "\($0 % 10)", count: 38) + "\(10 + $0)") }

    /// Runs jobs one after the other, or two at a time, from some second on.
    private static func run(
        _ times: inout JobTimes, _ durations: [Double], together: Bool, from start: Double = 0, areEnds: Bool = false
    ) {
        var now = start
        for (number, seconds) in durations.enumerated() {
            let pair = together ? [ids[2 * number], ids[2 * number + 1]] : [ids[number]]
            for id in pair { times.begin(id, at: now) }
            now += seconds
            for id in pair { times.end(id, at: now, isEnd: areEnds) }
        }
    }

    @Test("Before anything was measured, more processors let more jobs go on at once")
    func expected() {
        #expect(JobTimes(processors: 1).pace(at: 0).slowdown == 1.2)
        #expect(JobTimes(processors: 2).pace(at: 0).slowdown == 0.6)
        #expect(JobTimes(processors: 4).pace(at: 0).slowdown == 0.3)
    }

    @Test("What was measured counts the more the more often it was seen")
    func measured() {
        var times = JobTimes(processors: 2)
        Self.run(&times, [1], together: false)
        #expect(times.pace(at: 1).slowdown == 0.6)
        Self.run(&times, [1.2], together: true, from: 10)
        #expect(abs(times.pace(at: 20).slowdown - (0.6 + 0.2) / 2) < 1e-9)
        Self.run(&times, [1, 1, 1], together: false, from: 30)
        Self.run(&times, [1.2, 1.2], together: true, from: 40)
        #expect(abs(times.pace(at: 50).slowdown - (0.6 + 4 * 0.2) / 5) < 1e-9)
    }

    @Test("The ends take longer for more than each other, so that they only tell that two are no slower")
    func ends() {
        var (quick, slow) = (JobTimes(processors: 2), JobTimes(processors: 2))
        Self.run(&quick, [1.3], together: true, areEnds: true)
        Self.run(&slow, [9], together: true, areEnds: true)
        Self.run(&quick, [1], together: false, from: 10)
        Self.run(&slow, [1], together: false, from: 10)
        #expect(abs(quick.pace(at: 20).slowdown - 0.3) < 1e-9)
        #expect(slow.pace(at: 20).slowdown == 0.6)
    }

    @Test("What is left of the jobs under way goes down with time, and not to nothing")
    func rest() {
        var times = JobTimes(processors: 2)
        Self.run(&times, [2], together: false)
        times.begin(Self.ids[5], at: 10)
        #expect(abs(times.pace(at: 10).rest - 1) < 1e-9)
        #expect(abs(times.pace(at: 11).rest - 0.5) < 1e-9)
        #expect(times.pace(at: 30).rest == 0.05)
        times.abandon()
        #expect(times.pace(at: 30).rest == 1)
    }

    @Test("What confirms is built already, and no measure for the others")
    func confirming() {
        var times = JobTimes(processors: 2)
        times.begin(Self.ids[0], at: 0)
        times.end(Self.ids[0], at: 0.1, isTypical: false)
        Self.run(&times, [2], together: true, from: 1)
        #expect(times.pace(at: 9).slowdown == 0.6)
    }
}
