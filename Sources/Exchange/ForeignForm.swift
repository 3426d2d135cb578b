package import Benchmarks

import struct Foundation.Data
import class Foundation.JSONDecoder

/// The forms in which other programs keep results, as they are called in a sentence.
package enum ForeignForm: String, CaseIterable {
    case log = "the output of go test -bench"
    case events = "the output of go test -json"
    case actionData = "benchmark-action's data"
    case gobenchdata = "gobenchdata's list of runs"

    /// All that can be imported, in a sentence.
    static var known: String {
        (["what allocbisect cache export wrote"] + allCases.map(\.rawValue)).joined(separator: ", ")
            .replacing(", \(gobenchdata.rawValue)", with: " and \(gobenchdata.rawValue)")
    }

    /// The form of a text, by how it begins.
    package init(of text: String) {
        let start = text.drop(while: \.isWhitespace)
        self =
            if ForeignForm.holdsEvents(start) {
                .events
            } else if start.hasPrefix(ActionData.prefix) || start.hasPrefix("{") {
                .actionData
            } else if start.hasPrefix("["), start.dropFirst().drop(while: \.isWhitespace).hasPrefix("{") {
                .gobenchdata
            } else {
                .log
            }
    }

    /// Reads every benchmark result of a file in this form.
    ///
    /// - Parameter note: Told the number of a line that looks like a result and is none, and why it is none.
    /// - Throws: `DecodingError` when it is another form after all.
    package func results(in text: String, note: (Int, String) -> Void) throws -> [ForeignResult] {
        switch self {
        case .actionData:
            guard let object = ActionData.object(in: text) else { return [] }
            return try ForeignForm.decode(ActionData.self, object).results
        case .gobenchdata: return try ForeignForm.decode([GobenchdataRun].self, text).flatMap(\.results)
        case .events:
            let events = ForeignForm.lines(of: text).lazy.compactMap(ForeignForm.event)
            return GoTestEvent.logs(of: events).flatMap(\.results)
        case .log:
            let log = BenchmarkLog(text)
            for problem in log.problems { note(problem.line, problem.reason) }
            return log.results
        }
    }

    /// Whether a text has a line that is an event. Others may come before, such as what go downloads.
    private static func holdsEvents(_ text: Substring) -> Bool {
        lines(of: text).lazy.filter { $0.hasPrefix("{") }.prefix(1).contains { event($0) != nil }
    }

    private static func lines(of text: some StringProtocol) -> [Substring] {
        Substring(text).utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init)
    }

    private static func event(_ line: Substring) -> GoTestEvent? { try? decode(GoTestEvent.self, line) }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ text: some StringProtocol) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

extension DecodingError {
    /// What is not as it should be, and where.
    var reason: String {
        let (context, what): (Context, String) =
            switch self {
            case .keyNotFound(let key, let context): (context, "there is no “\(key.stringValue)”")
            case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
                (context, "expected a \(type)")
            case .dataCorrupted(let context): (context, "it is not complete JSON")
            @unknown default: (Context(codingPath: [], debugDescription: ""), "it is JSON of another form")
            }
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return path.isEmpty ? what : "\(what) at \(path)"
    }
}
