public import AllocBisectCore
import Benchmarks
import Foundation
import Git

/// A history as one JSON document.
public struct HistoryJSON {
    /// Writes the whole document, which follows `Schemas/history.json`.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold, such as infinity.
    public static func text(of history: History) throws -> String {
        var text = ""
        try write(history) { text += $0 }
        return text
    }

    /// Writes the document piece by piece: there may be millions of values, and the whole of it in memory is the size of
    /// a film.
    ///
    /// An encoder takes longer for values than reading the cache does. So it writes each row without its values, and each
    /// series' part of a value once.
    public static func write(_ history: History, to output: @escaping (String) throws -> Void) throws {
        // No text in a document can be taken for these: a line break in one is escaped.
        let (noRows, noValues) = ("\"rows\" : [\n\n  ]", "\"values\" : [\n\n      ]")
        let frame = try JSONDocument.text(of: Document(history)).split(separator: noRows)
        var heads = try history.series.map(SeriesText.init)
        var pieces = TextPieces(output)
        try pieces.add("\(frame[0])\"rows\" : [")
        for (number, row) in history.rows.enumerated() {
            let text = try JSONDocument.text(of: Row(row)).dropLast().indented
            try pieces.add(number == 0 ? "\n    " : ",\n    ")
            guard !row.cells.isEmpty, let values = text.range(of: noValues, options: .backwards) else {
                try pieces.add(text)
                continue
            }
            try pieces.add("\(text[..<values.lowerBound])\"values\" : [")
            for (position, cell) in row.cells.enumerated() {
                pieces.text += position == 0 ? "\n        {" : ",\n        {"
                try heads[position].append(cell, isSkipped: row.skipped != nil, to: &pieces.text)
                try pieces.add("\n        }")
            }
            try pieces.add("\n      ]\(text[values.upperBound...])")
        }
        try pieces.add(history.rows.isEmpty ? "\n\n  ]\(frame[1])" : "\n  ]\(frame[1])")
        try pieces.finish()
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "history"
        let range: Range
        let measured: Int
        let rows: [Row] = []
        let warnings: [String]

        init(_ history: History) {
            range = Range(good: Nullable(history.good?.description), bad: history.bad.description)
            measured = history.measured
            warnings = history.warnings
        }
    }

    private struct Range: Encodable {
        let good: Nullable<String>
        let bad: String
    }

    private struct Row: Encodable {
        let commit: String
        let parents: [String]
        let author, date, subject: String
        let values: [String] = []
        let skipped: String?

        init(_ row: HistoryRow) {
            commit = row.commit.id.description
            parents = row.commit.parents.map(\.description)
            author = row.commit.author.name
            date = row.commit.author.isoDate
            subject = row.commit.subject
            skipped = row.skipped
        }
    }

    /// The members of a value that are the same in all rows, as they stand in the document.
    private struct SeriesText {
        let benchmark, metric, package: String
        /// The last reason, since most are those of the value before.
        private var reason = (text: "", member: "")

        init(_ series: HistorySeries) throws {
            benchmark = try SeriesText.member("benchmark", series.benchmark)
            metric = try SeriesText.member("metric", series.metric.unit)
            package = try SeriesText.member("package", series.package)
        }

        private static func member(_ key: String, _ value: String) throws -> String {
            "\n          \"\(key)\" : \(try JSONDocument.text(of: value).dropLast())"
        }

        /// Adds the members of a value, in the order of their keys.
        mutating func append(_ cell: HistoryCell, isSkipped: Bool, to text: inout String) throws {
            text += benchmark
            text += ",\n          \"change\" : "
            text += SeriesText.number(cell.change)
            text += ","
            text += metric
            text += ","
            text += package
            if let why = cell.reason, !isSkipped {
                if reason.text != why { reason = (why, try SeriesText.member("reason", why)) }
                text += ","
                text += reason.member
            }
            text += cell.isShared ? ",\n          \"shared\" : true" : ",\n          \"shared\" : false"
            text += cell.isStep ? ",\n          \"step\" : true" : ",\n          \"step\" : false"
            text += ",\n          \"value\" : "
            text += SeriesText.number(cell.value)
        }

        private static func number(_ value: Double?) -> String {
            guard let value, value.isFinite else { return "null" }
            if value.magnitude < 1e15, let whole = Int(exactly: value) { return "\(whole)" }
            return "\(value)"
        }
    }
}

extension Substring {
    /// The text two levels deeper in a document; blank lines stay empty.
    fileprivate var indented: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * utf8.count)
        for byte in utf8 {
            let isLine = byte != UInt8(ascii: "\n")
            if isLine, bytes.last == UInt8(ascii: "\n") { bytes.append(contentsOf: "    ".utf8) }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
