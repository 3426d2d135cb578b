import AllocBisectCore
import Benchmarks
import Git
import Policy

/// The words that all forms of a check's report share; nothing in them is made safe for the form yet.
extension CheckedSeries {
    /// The series: `example.com/demo/book BenchmarkDepth allocs/op`.
    var name: String { "\(package) \(benchmark.name) \(metric)" }

    /// The values: `1 → 252.01 allocs/op`.
    var change: String { "\(text(before)) → \(text(after)) \(metric)" }

    /// The values in a column of the metric's: `1 → 252.01 (+25101 %)`, or `12` where it stayed as it was; empty where it
    /// was not measured.
    var values: String {
        let (old, new) = (text(before), text(after))
        guard old != new else { return after == nil ? "" : new }
        guard let before, let after, before != 0 else { return "\(old) → \(new)" }
        return "\(old) → \(new) (\(percent((after - before) / before.magnitude)))"
    }

    /// The bound at which head is worse than allowed: `worse than allowed when >= 1.9`.
    var limit: String? { bound.map { "worse than allowed when \($0.side.rawValue) \(metric.formatted($0.value))" } }

    /// The threshold as it was applied to the value at the base.
    var appliedThreshold: String { threshold.description(of: bound, good: before, metric) }

    /// Its outcome, in a sentence about the series.
    var sentence: String {
        let bounds = limit.map { ", \($0) (\(appliedThreshold))" } ?? ""
        return "\(benchmark.name): \(change)\(bounds)" + (remarks.map { "; \($0)" } ?? "")
    }

    /// What else is to be reported: about its state, about its condition, and about a base without a value.
    var remarks: String? {
        let remarks = [reason, conditionNote, baseFailure.map { "the base could not be measured: \($0)" }].compactMap {
            $0
        }
        return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }

    /// What else is to be reported about its state.
    var reason: String? {
        switch state {
        case .passed: nil
        case .failed(let reason), .warned(let reason): reason
        case .ignored(let ignore): "ignored until \(ignore.until): \(ignore.reason)"
        case .accepted(let acceptance): "accepted with \(acceptance.commit): \(acceptance.reason)"
        case .new: "it does not exist at the base"
        case .unmeasurable(let reason): reason
        }
    }

    /// The line to look at: the one that costs most, or else that of the benchmark; its folder where neither is known.
    var location: (path: String, line: Int) {
        (costliest ?? place).map { ($0.path, $0.line) } ?? (benchmark.package, 1)
    }

    /// Whether it passed, and not simply since it is within its threshold: by head alone, since the base could not be
    /// measured, or since its condition wants more to be crossed.
    var isNoted: Bool { state == .passed && (baseFailure != nil || conditionNote != nil) }

    /// Whether it is not simply fine.
    var isReported: Bool { state != .passed || isNoted }

    func text(_ value: Double?) -> String { value.map(metric.formatted) ?? "none" }
}

extension Check {
    /// What is compared: `0101010101..0909090909`, or `0101010101..work tree`.
    var ends: String { "\(base.short)..\(isOfWorkTree ? "work tree" : head.short)" }

    /// How many series came to each state: `12 passed, 1 failed`.
    var counts: String {
        CheckedSeries.State.Kind.allCases.compactMap { kind in
            let count = series.count { $0.state.kind == kind }
            return count == 0 ? nil : "\(count) \(kind.rawValue)"
        }.joined(separator: ", ")
    }
}
