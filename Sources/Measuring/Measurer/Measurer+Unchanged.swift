package import Benchmarks
package import Git
import GoToolchain
import MeasurementCache

import struct Foundation.Data
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

/// Most ranges leave most packages of a repository as they were. Of those it is enough to see that nothing differs.
extension Measurer {
    /// The benchmarks of some targets of one package, in which nothing can differ between two commits: neither what Go
    /// reads to build them nor what one iteration of each reads while it runs, or as many as are quick.
    ///
    /// They run at one of the two, whichever is built.
    ///
    /// - Parameter targets: The targets, all of one package.
    /// - Returns: For each target the names of its benchmarks; nil when something differs, or when that cannot be determined.
    package func unchanged(
        _ targets: [Measurement.Target], between one: ObjectID, and other: ObjectID
    ) async throws -> [Measurement.Target: [String]]? {
        guard usesInputClasses, let package = targets.first?.package else { return nil }
        let question = (["unchanged", package] + targets.map(\.pattern)).joined(separator: "\u{1f}")
        for commit in [other, one] {
            if let answer = try cache.answer(to: question, at: commit.description, recipe: recipe),
                let known = try? JSONDecoder().decode(ReadOnce.self, from: Data(answer.utf8))
            {
                return try isSame(Inputs(text: known.inputs), one, other) ? known.benchmarks(of: targets) : nil
            }
        }
        // Where it is built it need only run.
        let places = await built.entries(of: package).map(\.commit)
        let (at, from) = places.contains(one) && !places.contains(other) ? (one, other) : (other, one)
        return try await slots.withSlot(for: at, waits: places.contains(at)) {
            slot -> [Measurement.Target: [String]]? in
            events(.measuring(commit: at, purpose: "to see what \(package) reads"))
            guard let found = try await read(targets, of: package, unless: from, at: at, in: slot) else { return nil }
            let answer = String(decoding: try JSONEncoder().encode(found), as: UTF8.self)
            try cache.store(answer: answer, to: question, at: at.description, recipe: recipe)
            return try isSame(Inputs(text: found.inputs), one, other) ? found.benchmarks(of: targets) : nil
        }
    }

    /// Up to how many seconds a run takes that costs next to nothing.
    private static let quick = 0.2

    /// Runs each target for one iteration, and for as many as a measurement takes where that costs next to nothing; nil
    /// when Go already reads other files at the other commit, or when a target gives no value.
    private func read(
        _ targets: [Measurement.Target], of package: String, unless one: ObjectID, at commit: ObjectID,
        in slot: SlotPool.Slot
    ) async throws -> ReadOnce? {
        let build = buildOptions(slot, running: targets)
        let tree = try await checkout(commit, slot, pinning: [package])
        guard tree.trouble == nil else { return nil }
        let root = tree.root
        guard var inputs = try await inputs(of: package, at: commit, in: tree, build), try isSame(inputs, one, commit),
            case .built(let binary) = try await binary(commit, package, root: root, slot: slot, build)
        else { return nil }
        var names: [String: [String]] = [:]
        for target in targets {
            // The one before may have removed it.
            if !binary.hasFolder { _ = try await checkout(commit, slot, pinning: [package]) }
            let log = try AccessLog(at: "\(slot.output)/access.log")
            let outcome = try await binary.run(
                target.pattern, function: target.function, iterations: 1, cpu: options.cpu, accessLog: log)
            guard !outcome.results.isEmpty else { return nil }
            let many = options.iterations ?? IterationPair.standard.long
            if outcome.seconds * Double(many) < Measurer.quick {
                _ = try await binary.run(
                    target.pattern, function: target.function, iterations: many, cpu: options.cpu, accessLog: log)
            }
            names[target.pattern] = outcome.results.map(\.name)
            inputs = log.adding(to: inputs, of: package, in: root)
        }
        return ReadOnce(inputs: inputs.text, names: names)
    }
}

/// What a package's benchmarks read in one iteration each, as the cache keeps it.
private struct ReadOnce: Codable, Sendable {
    /// The files, as `Inputs.text` has them.
    let inputs: String
    /// The names of the benchmarks that ran, by pattern.
    let names: [String: [String]]

    func benchmarks(of targets: [Measurement.Target]) -> [Measurement.Target: [String]] {
        Dictionary(uniqueKeysWithValues: targets.map { ($0, names[$0.pattern] ?? []) })
    }
}
