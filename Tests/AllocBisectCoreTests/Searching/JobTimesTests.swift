import Bisection
import Git
import Testing

@testable import AllocBisectCore

/// How many jobs pay at once, by what earlier ones took.
@Suite("Times of jobs")
struct JobTimesTests {
    private static let ids = (0..<20).compactMap { ObjectID(String(repeating: "\($0 % 10)", count: 38) + "\(10 + $0)") }

    private static let ends: Set<ObjectID> = [ids[18], ids[19]]

    /// Runs jobs one after the other, or two at a time, from some second on; each is of a commit that has had none.
    private static func run(
        _ times: inout JobTimes, _ durations: [Double], together: Bool, from start: Double = 0, first: Int
    ) {
        var now = start
        for (number, seconds) in durations.enumerated() {
            let pair = together ? [ids[first + 2 * number], ids[first + 2 * number + 1]] : [ids[first + number]]
            for id in pair { times.begin(id, at: now) }
            now += seconds
            for id in pair { times.end(id, at: now) }
        }
    }

    @Test("Before anything was measured, as many as there are processors take a little longer than one")
    func expected() {
        for (processors, slowdown) in [(0, 1.2), (1, 1.2), (2, 0.3), (4, 0.1)] {
            let pace = JobTimes(processors: processors, built: Self.ends).pace(at: 0)
            #expect(abs(pace.slowdown - slowdown) < 1e-9)
            #expect(pace.rest == 1)
        }
    }

    @Test("What was measured counts the more the more often it was seen")
    func measured() {
        var times = JobTimes(processors: 2, built: Self.ends)
        Self.run(&times, [1], together: false, first: 0)
        #expect(times.pace(at: 1).slowdown == 0.3)
        Self.run(&times, [1.2], together: true, from: 10, first: 1)
        #expect(abs(times.pace(at: 20).slowdown - (0.3 + 0.2) / 2) < 1e-9)
        Self.run(&times, [1, 1, 1], together: false, from: 30, first: 3)
        Self.run(&times, [1.2, 1.2], together: true, from: 40, first: 6)
        #expect(abs(times.pace(at: 50).slowdown - (0.3 + 4 * 0.2) / 5) < 1e-9)
    }

    @Test("What is built already, such as the ends, does not tell how long the others take")
    func built() {
        var times = JobTimes(processors: 2, built: Self.ends)
        Self.run(&times, [2], together: false, first: 0)
        Self.run(&times, [0.1], together: false, from: 5, first: 0)
        Self.run(&times, [0.1], together: false, from: 6, first: 18)
        Self.run(&times, [2.4], together: true, from: 10, first: 1)
        #expect(abs(times.pace(at: 20).slowdown - (0.3 + 0.2) / 2) < 1e-9)
    }

    @Test("What is left of the jobs under way goes down with time, and not to nothing")
    func rest() {
        var times = JobTimes(processors: 2, built: Self.ends)
        Self.run(&times, [2], together: false, first: 0)
        times.begin(Self.ids[5], at: 10)
        #expect(abs(times.pace(at: 10).rest - 1) < 1e-9)
        #expect(abs(times.pace(at: 11).rest - 0.5) < 1e-9)
        #expect(times.pace(at: 30).rest == 0.05)
        times.abandon()
        #expect(times.pace(at: 30).rest == 1)
    }
}
