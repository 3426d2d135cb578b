import Benchmarks
import GoToolchain
import Measuring
import Pprof

import struct Foundation.Data

/// What profiles say of one benchmark at one commit.
struct BenchmarkProfiles: Sendable {
    /// What an iteration allocates, by stack.
    var allocated: StackCosts
    /// What an iteration leaves reachable, by stack.
    var retained: StackCosts
    /// The goroutines at the end of the shorter run and of the longer one.
    var goroutines: (short: [GoroutineGroup], long: [GoroutineGroup])
    /// The iterations between both runs.
    var span: Int
    /// The longer run's profiles, to be kept.
    var files: [ProbeProfiles.Kind: [UInt8]]

    /// Reads the profiles of a benchmark's two runs.
    ///
    /// - Throws: `ProfileError` for a profile that cannot be read; its text names the commit.
    init(short: ProbeProfiles?, long: ProbeProfiles, pair: IterationPair, place: String) throws {
        func heap(_ snapshot: ProbeProfiles) throws -> Profile? {
            // What the benchmark before left and this one gave up is in use no more.
            try snapshot.contents(.heap).map { try Profile($0, from: place, isDifference: true) }
        }
        let shortRun = try short.flatMap(heap)
        guard let longRun = try heap(long) else {
            throw CoreError(.evidence, "No heap profile was written for \(place); the disk may be full.")
        }
        span = shortRun == nil ? pair.long : pair.span
        allocated = try StackCosts(.allocated, short: shortRun, long: longRun, span: span)
        retained = try StackCosts(.inUse, short: shortRun, long: longRun, span: span)
        goroutines = (short.map(BenchmarkProfiles.groups) ?? [], BenchmarkProfiles.groups(long))
        if let creator = BenchmarkProfiles.creator(of: goroutines) {
            allocated = allocated.calling("runtime.malg", from: creator)
            retained = retained.calling("runtime.malg", from: creator)
        }
        files = Dictionary(
            uniqueKeysWithValues: [.heap, .goroutines, .leakedGoroutines].compactMap { kind in
                long.contents(kind).map { (kind, $0) }
            })
    }

    /// The `go` statement that nearly all goroutines come from which the longer run has more of, and which the runtime
    /// allocated descriptors for; nil when there are several.
    private static func creator(
        of goroutines: (short: [GoroutineGroup], long: [GoroutineGroup])
    ) -> Profile.Frame? {
        var growth: [GoroutineTrace.Frame: Int] = [:]
        for (groups, sign) in [(goroutines.long, 1), (goroutines.short, -1)] {
            for group in groups { group.trace.createdBy.map { growth[$0, default: 0] += sign * group.count } }
        }
        let total = growth.values.reduce(0, +)
        guard let most = growth.max(by: { $0.value < $1.value }), most.value * 10 > total * 9, most.value > 1 else {
            return nil
        }
        return Profile.Frame(function: most.key.function, file: most.key.file, line: most.key.line)
    }

    private static func groups(_ snapshot: ProbeProfiles) -> [GoroutineGroup] {
        GoroutineGroup.groups(
            of: GoroutineTrace.parse(String(decoding: snapshot.contents(.dump) ?? [], as: UTF8.self)))
    }
}
