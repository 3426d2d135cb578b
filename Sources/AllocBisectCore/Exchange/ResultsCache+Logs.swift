import Benchmarks
import Git

import struct Foundation.URL

extension ResultsCache {
    /// Imports what another program wrote, as evidence marked with the file's name.
    func importLog(_ text: String, file: String, commit: String?) throws -> Imported {
        if let commit { _ = try repository.resolve(commit) }
        let name = URL(filePath: file).lastPathComponent
        var imported = Imported()
        let results: [ForeignResult]
        do {
            results = try foreignResults(in: text, file: file, &imported)
        } catch is DecodingError {
            throw CoreError(
                .exchange,
                "The file \(file) is JSON, but neither benchmark-action's data.js nor gobenchdata's list of runs. "
                    + "Check which program wrote it.")
        }
        guard !results.isEmpty else {
            throw CoreError(
                .exchange,
                "There is no benchmark result in \(file). Import what allocbisect cache export, go test -bench "
                    + "-benchmem, benchmark-action or gobenchdata wrote.")
        }
        let evidence = ForeignEvidence(results, file: name, commit: commit, in: repository)
        imported.problems += evidence.problems
        try add(evidence.records, to: openOrMake(), &imported)
        return imported
    }

    private func foreignResults(
        in text: String, file: String, _ imported: inout Imported
    ) throws -> [ForeignResult] {
        let start = text.drop { $0.isWhitespace || $0 == "\u{feff}" }
        if start.hasPrefix(ActionData.prefix) { return try ActionData.results(in: String(start)) }
        if start.hasPrefix("[") { return try GobenchdataRuns.results(in: String(start)) }
        let log = BenchmarkLog(text)
        imported.problems += log.problems.map { "\(file), line \($0.line): left out, \($0.reason)" }
        return log.results
    }
}
