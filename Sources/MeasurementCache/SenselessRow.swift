import Benchmarks
import GRDB

/// A row that nothing of this version can have written: a damaged file, or the work of another program.
///
/// Such a row is as good as none: it is left out everywhere, reported by `problems()`, and replaced by the next measurement.
struct SenselessRow: Error {
    /// What is wrong, as words that follow the row's name.
    let reason: String
}

/// Reading with the types that the tables promise. GRDB's own subscripts end the program at a NULL, and take a text for
/// the number 0.
extension Row {
    /// Reads a whole number.
    ///
    /// - Throws: When the column holds anything else.
    func integer(_ column: Int) throws -> Int64 {
        guard case .int64(let number) = (self[column] as DatabaseValue).storage else { throw senseless(column) }
        return number
    }

    /// Reads a finite number.
    ///
    /// - Throws: When the column holds anything else.
    func number(_ column: Int) throws -> Double {
        guard case .double(let number) = (self[column] as DatabaseValue).storage, number.isFinite else {
            throw senseless(column)
        }
        return number
    }

    /// A text in UTF-8.
    func text(_ column: Int) throws -> String {
        guard case .string(let text) = (self[column] as DatabaseValue).storage else { throw senseless(column) }
        // Bytes that are not UTF-8 are read as this character, which a text may hold by itself as well.
        guard text.unicodeScalars.contains("\u{fffd}") else { return text }
        let isWhole = try withUnsafeData(atIndex: column) { $0.map { String(validating: $0, as: UTF8.self) == text } }
        guard isWhole == true else { throw senseless(column) }
        return text
    }

    /// The name of a commit.
    func commit(_ column: Int) throws -> String {
        let name = try text(column)
        let isHexadecimal = name.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        guard name.utf8.count == 40, isHexadecimal else { throw senseless(column) }
        return name
    }

    /// A value that may be NULL.
    func optional<Value>(_ column: Int, _ read: (Int) throws -> Value) rethrows -> Value? {
        (self[column] as DatabaseValue).isNull ? nil : try read(column)
    }

    /// The state of a measurement's inputs: their text in one column, its digest in the next, and what refers to the text
    /// in the one after; nil when no other commit may take the measurement over.
    func inputState(at column: Int) throws -> MeasurementCache.InputState? {
        guard try optional(column + 2, integer) != nil else {
            guard try optional(column + 1, text) == nil else { throw senseless(column + 1) }
            return nil
        }
        return MeasurementCache.InputState(inputs: Inputs(text: try text(column)), digest: try text(column + 1))
    }

    private func senseless(_ column: Int) -> SenselessRow {
        let name = columnNames[columnNames.index(columnNames.startIndex, offsetBy: column)]
        return SenselessRow(reason: "its \(name) makes no sense (\(self[column] as DatabaseValue))")
    }
}

extension Sequence<Row> {
    /// What is read of each row that makes sense.
    func sensible<Value>(_ read: (Row) throws -> Value) throws -> [Value] {
        try compactMap { row in
            do { return try read(row) } catch is SenselessRow { return nil }
        }
    }
}
