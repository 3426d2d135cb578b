import Benchmarks
import Git
import Measuring

import struct Foundation.URL

extension ResultsCache {
    /// Imports what another program wrote, as evidence marked with the file's name.
    func importLog(_ text: String, file: String, commit: String?) throws -> Imported {
        if let commit { _ = try repository.resolve(commit) }
        let name = URL(filePath: file).lastPathComponent
        var imported = Imported()
        let form = ForeignForm(of: text)
        let results: [ForeignResult]
        do {
            results = try form.results(in: text) { line, reason in
                imported.problems.append("\(file), line \(line): left out, \(reason)")
            }
        } catch let error as DecodingError {
            throw CoreError(
                .exchange,
                "\(file) looks like \(form.rawValue), but cannot be read as that: \(error.reason). "
                    + "What can be imported is \(ForeignForm.known).")
        }
        guard !results.isEmpty else {
            throw CoreError(
                .exchange,
                "There is no benchmark result in \(file), which was read as \(form.rawValue). What can be imported is "
                    + "\(ForeignForm.known).")
        }
        let evidence = ImportedResults(results, file: name, commit: commit, in: repository)
        imported.problems += evidence.problems
        try add(evidence.records, to: openOrMake(), &imported)
        return imported
    }
}
