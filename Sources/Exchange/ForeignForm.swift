package import Benchmarks

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
            if GoTestEvents.recognizes(start) {
                .events
            } else if start.hasPrefix(ActionData.prefix) || start.hasPrefix("{") {
                .actionData
            } else if start.hasPrefix("["), start.dropFirst().drop(while: \.isWhitespace).hasPrefix("{") {
                .gobenchdata
            } else {
                .log
            }
    }

    /// Reads the results.
    ///
    /// - Parameter note: Told the number of a line that looks like a result and is none, and why it is none.
    /// - Throws: `DecodingError` when it is another form after all.
    package func results(in text: String, note: (Int, String) -> Void) throws -> [ForeignResult] {
        switch self {
        case .actionData: return try ActionData.results(in: text)
        case .gobenchdata: return try GobenchdataRuns.results(in: text)
        case .events: return GoTestEvents.log(in: text[...]).flatMap(\.results)
        case .log:
            let log = BenchmarkLog(text)
            for problem in log.problems { note(problem.line, problem.reason) }
            return log.results
        }
    }
}

extension DecodingError {
    /// What is not as it should be, and where.
    var reason: String {
        let (context, what): (Context, String) =
            switch self {
            case .keyNotFound(let key, let context): (context, "there is no “\(key.stringValue)”")
            case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
                (context, "there is no \(type) where one belongs")
            case .dataCorrupted(let context): (context, "it is no whole JSON")
            @unknown default: (Context(codingPath: [], debugDescription: ""), "it is another JSON")
            }
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return path.isEmpty ? what : "\(what) at \(path)"
    }
}
