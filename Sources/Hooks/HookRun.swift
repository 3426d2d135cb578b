public import Foundation
public import Git
import Measuring

/// The outcome of one commit that a hook asked for.
public struct HookRun: Sendable, Codable {
    /// When that was known.
    public let time: Date
    /// The commit that was to be measured.
    public let commit: ObjectID
    /// Its outcome.
    public let result: Result
    /// What was found wrong on the way to it.
    public let alerts: [HookAlert]

    /// What becomes of a commit.
    public enum Result: Sendable, Codable {
        /// This many benchmarks gave a value.
        case recorded(benchmarks: Int)
        /// It has no values, and never will: it does not build, for example.
        case failed(reason: String)
        /// The surroundings kept it from being measured; it stays in the queue.
        case postponed(reason: String)
        /// The same, once too often: it is off the queue.
        case givenUp(reason: String)
        /// The recorder was killed each time it was at it, so that it is left alone.
        case setAside(reason: String)
    }

    init(_ commit: ObjectID, _ result: Result, _ alerts: [HookAlert] = [], at time: Date = .now) {
        (self.time, self.commit, self.result, self.alerts) = (time, commit, result, alerts)
    }

    /// Whether its measuring is over.
    var isSettled: Bool {
        switch result {
        case .recorded, .failed, .setAside: true
        case .postponed, .givenUp: false
        }
    }

    /// Whether it was set aside.
    public var isSetAside: Bool {
        if case .setAside = result { true } else { false }
    }

    /// Whether it has values that a later commit can be compared with.
    var isRecorded: Bool {
        if case .recorded = result { true } else { false }
    }
}

/// The last runs, in a file that only the recorder writes.
struct HookJournal {
    private let file: WholeFile
    /// The runs, the oldest first.
    private(set) var runs: [HookRun]
    /// More than a hook ever looks back for, and still a small file.
    private static let limit = 200

    /// Reads what is there. A journal that is missing or damaged is an empty one: at worst, a commit is looked up in the
    /// cache once more.
    init(_ state: StateDirectory) {
        file = WholeFile(state.runs, by: state)
        let data = FileManager.default.contents(atPath: file.path) ?? Data()
        runs = (try? JSONDecoder().decode([HookRun].self, from: data)) ?? []
    }

    /// Adds runs, each replacing an earlier one of its commit.
    mutating func add(_ new: [HookRun]) throws {
        let commits = Set(new.map(\.commit))
        runs = (runs.filter { !commits.contains($0.commit) } + new).suffix(HookJournal.limit)
        try file.write(JSONEncoder().encode(runs))
    }
}
