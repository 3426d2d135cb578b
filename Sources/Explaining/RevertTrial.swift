import Benchmarks
import Git
import GoToolchain
import Measuring

/// The change between both commits of a question taken back on another commit, in a slot, and what is left measured.
struct RevertTrial: Sendable {
    let workshop: any Workshop
    let question: Explainer.Question
    /// The commit that the change is taken back on: the bad end of the search, or HEAD.
    let bad: ObjectID

    /// Takes the change back.
    ///
    /// - Returns: Its result, in the order of the question's series.
    func proofs() async throws -> [Explanation.Proof] {
        let reversal = try Repository(discovering: workshop.repository)
            .reverting(question.after.id, to: question.before.id, on: bad)
        switch reversal {
        case .conflicts(let paths):
            let shown = paths.prefix(5).joined(separator: ", ") + (paths.count > 5 ? ", …" : "")
            return question.series.map { _ in .notPossible("later commits changed the same lines of \(shown)") }
        case .clean(let replacements):
            let job = MeasurementJob(
                commit: bad, targets: [question.target], purpose: "to take the change back", minimumRounds: 1)
            let present = try await workshop.measure(job).first?.measurement
            let (without, leftOut) = try await measure(
                replacing: replacements, like: present ?? question.measuredAfter)
            return question.series.map { subject in
                guard let with = present?.value(subject.benchmark, subject.metric) else {
                    return .notPossible("there is no value at \(bad.short)")
                }
                guard let without = without.value(subject.benchmark, subject.metric) else {
                    return .notPossible(
                        "without the change, \(bad.short) gives no value: \(without.failure(of: subject.benchmark, subject.metric))"
                    )
                }
                return .reverted(with: with, without: without, leavingOut: leftOut)
            }
        }
    }

    /// Measures the commit with files replaced. Where it does not build, tests beside the benchmark are left out that
    /// may need what is gone: first those that the compiler names, then all.
    ///
    /// - Returns: The measurement, and the files that were left out.
    private func measure(
        replacing replacements: [Replacement], like model: Measurement
    ) async throws -> (measurement: Measurement, leftOut: [String]) {
        let target = question.target
        var measurement = try await workshop.measure(target, at: bad, replacing: replacements, like: model)
        guard measurement.failure?.reason == .build else { return (measurement, []) }
        let others = try otherTests(than: target, replacing: replacements)
        var leftOut: Set<String> = []
        while let failure = measurement.failure, failure.reason == .build {
            let rest = others.filter { !leftOut.contains($0) }
            guard !rest.isEmpty else { break }
            let named = rest.filter { failure.message.contains("/\($0.split(separator: "/").last ?? ""):") }
            leftOut.formUnion(named.isEmpty ? rest : named)
            let removals = leftOut.sorted().map { Replacement(path: $0, content: .absent) }
            measurement = try await workshop.measure(
                target, at: bad, replacing: replacements.filter { !leftOut.contains($0.path) } + removals,
                like: model)
        }
        return (measurement, leftOut.sorted())
    }

    /// The test files of a target's package that do not declare its benchmark.
    private func otherTests(
        than target: Measurement.Target, replacing replacements: [Replacement]
    ) throws -> [String] {
        let replaced = Dictionary(replacements.map { ($0.path, $0.content) }) { first, _ in first }
        let files = try Repository(discovering: workshop.repository)
            .files(below: target.package, at: bad) { $0.isTest }
        return files.filter { file in
            var text = String(decoding: file.content, as: UTF8.self)
            if case .file(let content, _)? = replaced[file.path] { text = String(decoding: content, as: UTF8.self) }
            return FunctionLines.read(text)[target.function] == nil
        }.map(\.path)
    }
}
