import Benchmarks
import Git
import MeasurementCache
import Measuring

import struct Foundation.Data
import struct Foundation.URL

extension ResultsCache {
    /// Writes every measurement in the Go benchmark format, piece by piece.
    ///
    /// - Returns: How many measurements were written, and how many could not be read.
    public func export(_ write: (String) throws -> Void) throws -> (written: Int, leftOut: Int) {
        var written = 0
        var writer = RecordWriter()
        let leftOut = try open().forEachRecord(machine: Machine.name) { record in
            writer.add(record)
            written += 1
            try write(writer.take())
        }
        return (written, leftOut)
    }

    /// Imports a file: what `export` wrote, or what other programs wrote about benchmarks.
    ///
    /// - Parameters:
    ///   - file: The file's path.
    ///   - commit: The revision that a log belongs to which does not name its commit.
    /// - Throws: `CoreError` when the file cannot be read, or nothing in it is a measurement.
    public func importFile(_ file: String, commit: String?) throws -> Imported {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: file)) } catch {
            throw CoreError(
                .exchange, "The file \(file) cannot be read. Check its path, and whether you may read it.")
        }
        let text = String(file: data)
        guard RecordReader.recognizes(text) else { return try importLog(text, file: file, commit: commit) }
        let reader = RecordReader(text)
        var imported = Imported()
        imported.problems = reader.problems.map { "\(file), line \($0.line): left out, \($0.reason)" }
        try add(reader.records, to: openOrMake(), &imported)
        return imported
    }

    func add(_ records: [MeasurementRecord], to cache: MeasurementCache, _ imported: inout Imported) throws {
        for record in records {
            switch try cache.add(record) {
            case .added:
                imported.added += 1
                imported.machines.insert(record.machine)
            case .alreadyKnown: imported.known += 1
            case .passing: imported.passing += 1
            }
        }
    }

    /// The result of an import.
    public struct Imported: Sendable {
        /// The measurements that were added, that were known already, and that say nothing about a commit.
        public var added = 0, known = 0, passing = 0
        /// Where the added ones come from.
        public var machines: Set<String> = []
        /// What was left out and why, as sentences.
        public var problems: [String] = []

        /// Creates what an import of no file came to.
        public init() {}

        /// Adds the result of another import.
        public static func += (left: inout Imported, right: Imported) {
            left.added += right.added
            left.known += right.known
            left.passing += right.passing
            left.machines.formUnion(right.machines)
            left.problems += right.problems
        }
    }
}
