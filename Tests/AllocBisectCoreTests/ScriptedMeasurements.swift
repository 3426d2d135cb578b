import Benchmarks
import Git
import GoToolchain
import MeasurementCache
import Synchronization
import TestSupport

@testable import AllocBisectCore
@testable import Measuring

/// Measurements by a script, instead of Go: what each benchmark gives at each commit of a history, round by round.
///
/// Like the program's own results cache it remembers what was measured, so that one that is used again resumes.
final class ScriptedMeasurements: Measurements {
    /// What a process gives.
    enum Answer: Sendable {
        /// Values by metric; a benchmark that does not exist gives none.
        case values([Metric: Double])
        case failure(Failure.Reason)
        /// Nothing, until somebody interrupts it.
        case never

        static func allocations(_ value: Double) -> Answer { .values([.allocations: value]) }
    }

    /// What a benchmark answers at a commit of that name, in its round of that number, from 0 on.
    typealias Script = @Sendable (_ commit: String, _ benchmark: String, _ round: Int) -> Answer

    /// A job that was measured, and how many rounds it took.
    struct Run: Sendable, Equatable {
        let commit: String
        let rounds: Int
    }

    private struct Memory {
        var known: [Measurement.Target: [ObjectID: Measurement]] = [:]
        /// Where only other machines have measured.
        var foreign: [Measurement.Target: Set<ObjectID>] = [:]
        var runs: [Run] = []
        var random: SeededGenerator
    }

    private let script: Script
    private let benchmarks: [String]
    private let names: [ObjectID: String]
    private let memory: Mutex<Memory>
    let repository: String
    let directory: String
    let options: MeasuringOptions
    private let pair: IterationPair
    /// Whether other machines measure all that is not of a commit itself.
    private let isElsewhere: Bool
    let notes = Notes()
    let events: @Sendable (Event) -> Void
    let (usesInputClasses, startsCold, platform, goVersion) = (false, false, "linux/amd64/v1", "go1.27.3")
    let (warnings, untrusted): ([String], [String]) = ([], [])

    /// Measurements of a history's commits.
    ///
    /// - Parameters:
    ///   - pair: How many iterations each benchmark runs for.
    ///   - seed: Decides in which order jobs end that are under way at once.
    init(
        _ history: GoHistory, _ benchmarks: [String] = ["BenchmarkWork"], jobs: Int = 1,
        pair: IterationPair = .standard, isElsewhere: Bool = false,
        seed: Int = 1, events: @escaping @Sendable (Event) -> Void = { _ in }, script: @escaping Script
    ) throws {
        (self.script, self.benchmarks, self.pair, self.events) = (script, benchmarks, pair, events)
        self.isElsewhere = isElsewhere
        names = Dictionary(uniqueKeysWithValues: history.commits.map { ($1, $0) })
        directory = history.path
        repository = try Repository(discovering: history.path).commonDirectory
        var options = MeasuringOptions()
        options.jobs = jobs
        self.options = options
        memory = Mutex(Memory(random: SeededGenerator(seed: seed)))
    }

    /// An engine that asks the script.
    var engine: Engine { Engine(directory: directory, script: self) }

    /// What was measured, in the order in which it ended.
    var runs: [Run] { memory.withLock { $0.runs } }

    func targets(
        of selection: BenchmarkSelection, at commit: ObjectID, from prefix: String, builds: Bool
    ) async throws -> [(package: GoPackage, targets: [Measurement.Target])] {
        let package = GoPackage(
            importPath: "example.com/m", directory: ".", functions: benchmarks, words: benchmarks)
        let targets = try benchmarks.flatMap { try selection.patterns(running: $0) }
            .map { Measurement.Target(package: ".", pattern: $0) }
        return targets.isEmpty ? [] : [(package, targets)]
    }

    func recall(_ target: Measurement.Target, at commit: ObjectID) throws -> KnownMeasurement? {
        memory.withLock { $0.known[target]?[commit] }.map {
            KnownMeasurement(measurement: $0, state: nil, isNew: false)
        }
    }

    func recall(
        _ targets: [Measurement.Target], at commits: [ObjectID], metrics: [Metric]?
    ) throws -> [[Int: KnownMeasurement]] {
        try targets.map { target in
            try commits.enumerated().reduce(into: [:]) { $0[$1.offset] = try recall(target, at: $1.element) }
        }
    }

    func commits(of target: Measurement.Target) throws -> [ObjectID] {
        memory.withLock { Array(($0.known[target] ?? [:]).keys) }
    }

    func states(
        of target: Measurement.Target
    ) throws -> [(commit: String, state: MeasurementCache.InputState)] { [] }

    func trustsInputs(of target: Measurement.Target) throws -> Bool { false }

    func distrustInputs(of target: Measurement.Target) throws {}

    func isForeign(_ target: Measurement.Target, at commit: ObjectID) throws -> Bool {
        memory.withLock { $0.foreign[target]?.contains(commit) == true }
    }

    func unchanged(
        _ targets: [Measurement.Target], between one: ObjectID, and other: ObjectID
    ) async throws -> [Measurement.Target: [String]]? { nil }

    func measure(_ job: MeasurementJob) async throws -> [KnownMeasurement] {
        let pause = memory.withLock { Int.random(in: 0..<20, using: &$0.random) }
        for _ in 0..<pause { await Task.yield() }
        let commit = names[job.commit] ?? job.commit.description
        var found: [KnownMeasurement] = []
        for target in job.targets {
            var measurement =
                try recall(target, at: job.commit)?.measurement ?? Measurement(target: target, pair: pair)
            var rounds = 0
            let isOwn = job.isOfItself || !isElsewhere
            // A round of this machine's comes on top of those of others.
            let least = try isOwn && isForeign(target, at: job.commit) ? measurement.rounds.count + 1 : 0
            while !job.isDone(by: measurement) || !measurement.hasFailed && measurement.rounds.count < least {
                try await add(&measurement, script(commit, target.function, measurement.rounds.count))
                rounds += 1
            }
            memory.withLock { [measurement] in
                $0.known[target, default: [:]][job.commit] = measurement
                if isOwn { $0.foreign[target]?.remove(job.commit) }
                if !isOwn, rounds > 0 { $0.foreign[target, default: []].insert(job.commit) }
                $0.runs.append(Run(commit: commit, rounds: rounds))
            }
            found.append(KnownMeasurement(measurement: measurement, state: nil, isNew: rounds > 0))
        }
        return found
    }

    private func add(_ measurement: inout Measurement, _ answer: Answer) async throws {
        switch answer {
        case .failure(let reason): measurement.failure = Failure(reason, "as the script has it")
        case .never: try await Task.sleep(for: .seconds(3600))
        case .values(let values):
            func totals(_ iterations: Int) -> [String: Double] {
                Dictionary(
                    uniqueKeysWithValues: values.map { metric, value in
                        let total: ProbeUnit? =
                            switch metric {
                            case .allocations: .mallocs
                            case .bytes: .bytes
                            case .goroutines: .goroutines
                            case .retainedObjects: .liveObjects
                            default: nil
                            }
                        guard let total else { return (metric.unit, value) }
                        return (total.rawValue, (value * Double(iterations)).rounded())
                    })
            }
            let name = measurement.target.function
            let pair = measurement.pair ?? .standard
            measurement.rounds.append(
                Round(short: [name: totals(pair.short)], long: [name: totals(pair.long)]))
        }
    }
}

extension ScriptedMeasurements {
    /// One allocation, and two more from a commit on.
    static func step(at culprit: Int) -> Script {
        { commit, _, _ in .allocations(Int(commit)! < culprit ? 1 : 3) }
    }
}

extension GoHistory {
    /// A line of commits named by their numbers, in which no Go changes.
    static func line(_ count: Int) throws -> GoHistory {
        let history = try GoHistory(isBuilt: false)
        for number in 0..<count {
            // Few contents are few files to write.
            try history.commit("\(number)", ["a.txt": "\(number % 2)"], isLast: number == count - 1)
        }
        return history
    }
}
