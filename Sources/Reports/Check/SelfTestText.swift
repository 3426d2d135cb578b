public import AllocBisectCore
import Benchmarks
import Git

/// The result of a check's self-test, for people.
public struct SelfTestText {
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
        lines += ["", "\(test.head.short): \(counts(of: test).joined(separator: ", "))"]
        lines.append(
            test.hasPassed
                ? style.green("self-test passed: the check failed for every series that it must fail for")
                : style.red("self-test failed: the check passed for a series that it must fail for"))
        return lines.joined(separator: "\n") + "\n"
    }

    /// How many series came to each outcome: `1 noticed`, `2 exempt`.
    private static func counts(of test: SelfTest) -> [String] {
        var (noticed, missed, exempt) = (0, 0, 0)
        for trial in test.trials {
            switch trial.outcome {
            case .noticed: noticed += 1
            case .missed: missed += 1
            case .exempt: exempt += 1
            }
        }
        return [(noticed, "noticed"), (missed, "missed"), (exempt, "exempt")].compactMap { count, name in
            count == 0 ? nil : "\(count) \(name)"
        }
    }
}
