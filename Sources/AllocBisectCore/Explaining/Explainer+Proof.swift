import Benchmarks
import Git

extension Explainer {
    /// Takes the change back on another commit, in a slot, and measures what is left.
    ///
    /// - Returns: What came of it, in the order of the question's series.
    func prove(_ question: Question, at bad: ObjectID) async throws -> [Explanation.Proof] {
        let reversal = try Repository(discovering: measurer.repository)
            .reverting(question.after.id, to: question.before.id, on: bad)
        switch reversal {
        case .conflicts(let paths):
            let shown = paths.prefix(5).joined(separator: ", ") + (paths.count > 5 ? ", …" : "")
            return question.series.map { _ in .notPossible("later commits changed the same lines of \(shown)") }
        case .clean(let replacements):
            let order = Measurer.Order(commit: bad, targets: [question.target], purpose: "to take the change back") {
                max(1, $0.rounds.count)
            }
            let present = try await measurer.measure(order).first?.measurement
            let without = try await measurer.measure(
                question.target, at: bad, replacing: replacements, like: present ?? question.measuredAfter)
            return question.series.map { subject in
                guard let with = present?.value(subject.benchmark, subject.metric) else {
                    return .notPossible("there is no value at \(bad.short)")
                }
                guard let without = without.value(subject.benchmark, subject.metric) else {
                    return .notPossible(
                        "without the change, \(bad.short) gives no value: \(without.failure(of: subject.benchmark))")
                }
                return .reverted(with: with, without: without)
            }
        }
    }
}
