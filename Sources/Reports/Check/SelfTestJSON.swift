public import AllocBisectCore
import Git

/// The result of a check's self-test, as one JSON document.
public struct SelfTestJSON {
    /// Writes the whole document, with the result of each series.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold, such as infinity.
    public static func text(of test: SelfTest) throws -> String {
        try JSONDocument.text(
            of: Document(head: test.head.description, passed: test.hasPassed, trials: test.trials.map(Trial.init)))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "check --self-test"
        let head: String
        let passed: Bool
        let trials: [Trial]
    }

    private struct Trial: Encodable {
        let series: CheckJSON.Series
        let injected: Int
        let outcome: String
        let reason: Nullable<String>

        init(_ trial: SelfTest.Trial) {
            series = CheckJSON.Series(trial.checked)
            injected = trial.injected
            outcome = trial.outcome.name
            switch trial.outcome {
            case .noticed, .missed: reason = Nullable(nil)
            case .exempt(let text): reason = Nullable(text)
            }
        }
    }
}
