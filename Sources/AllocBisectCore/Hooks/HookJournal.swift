import Foundation

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

    /// Adds runs, each in the place of an earlier one of its commit.
    mutating func add(_ new: [HookRun]) throws {
        let commits = Set(new.map(\.commit))
        runs = (runs.filter { !commits.contains($0.commit) } + new).suffix(HookJournal.limit)
        try file.write(JSONEncoder().encode(runs))
    }
}
