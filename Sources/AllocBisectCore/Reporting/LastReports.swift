import Foundation
public import Git
import Measuring

extension Engine {
    /// The commit up to which the last report of some name went; nil for none, or one that is no longer there.
    public func lastReport(_ name: String) throws -> ObjectID? {
        let repository = try openRepository()
        guard let id = lastReports(repository.commonDirectory)[name].flatMap(ObjectID.init) else { return nil }
        return try? repository.commit(id).id
    }

    /// Takes note of a report, so that the next one continues from there.
    ///
    /// - Throws: `CoreError` where nothing can be written.
    public func noteReport(_ name: String, upTo commit: ObjectID) throws {
        let repository = try openRepository()
        let state = StateDirectory(commonDirectory: repository.commonDirectory)
        var all = lastReports(repository.commonDirectory)
        all[name] = commit.description
        try state.create()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        do {
            try WholeFile(state.reports, by: state).write(encoder.encode(all))
        } catch let refusal as WholeFile.Refusal {
            throw CoreError(
                .surroundings,
                "The report could not be recorded in \(state.reports): \(refusal). The next one will repeat it.")
        }
    }

    private func lastReports(_ commonDirectory: String) -> [String: String] {
        let file = StateDirectory(commonDirectory: commonDirectory).reports
        guard let data = FileManager.default.contents(atPath: file) else { return [:] }
        // One that is damaged is as none: the report after it is longer.
        return (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
    }
}
