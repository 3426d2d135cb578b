public import AllocBisectCore
import Benchmarks
import Git

/// What came of a check's self-test, for people and as JSON.
public struct SelfTestReport {
    /// The result as text.
    public static func text(of test: SelfTest, style: TextStyle) -> String {
        var lines = test.trials.map { trial in
            let checked = trial.checked
            let name = "\(checked.package) \(checked.benchmark.name)".terminalSafe
            return switch trial.outcome {
            case .noticed:
                "noticed: \(name): \(checked.change.terminalSafe), with \(trial.injected) allocations injected"
            case .missed:
                style.red(
                    "missed: \(name): \(checked.change.terminalSafe), with \(trial.injected) allocations injected")
            case .exempt(let reason): "exempt: \(name) \(checked.metric.unit.terminalSafe): \(reason.terminalSafe)"
            }
        }
        let counts = ["noticed", "missed", "exempt"].compactMap { name in
            let count = test.trials.count { $0.outcome.name == name }
            return count == 0 ? nil : "\(count) \(name)"
        }
        lines += ["", "\(test.head.short): \(counts.joined(separator: ", "))"]
        lines.append(
            test.hasPassed
                ? style.green("the check can fail: it fails for every series above that it should")
                : style.red("the check does not fail where it should"))
        return lines.joined(separator: "\n") + "\n"
    }

    /// The result as one JSON document.
    public static func json(of test: SelfTest) throws -> String {
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
            if case .exempt(let text) = trial.outcome { reason = Nullable(text) } else { reason = Nullable(nil) }
        }
    }
}
