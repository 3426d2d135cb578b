import Benchmarks
import GoToolchain

import struct Foundation.Date

extension TestBinary {
    /// Runs a benchmark at N1 and at N2, each in a process of its own, and adds what came out.
    ///
    /// - Parameters:
    ///   - output: The folder that the processes may write in.
    ///   - sanitized: The same with a sanitizer, whose reports are added; nil where they are not wanted beside other values.
    func addRound(
        to measurement: inout Measurement, cpu: Int, output: String, sanitized: TestBinary? = nil,
        accessLog: AccessLog? = nil
    ) async throws {
        guard let pair = measurement.pair else { return }
        let target = measurement.target
        var short: RunOutcome?
        var binary = self
        if pair.span > 0 {
            let outcome = try await run(
                target.pattern, function: target.function, iterations: pair.short, cpu: cpu, accessLog: accessLog,
                counting: output)
            if outcome.failure?.reason == .timeout {
                measurement.failure = outcome.failure
                if !measurement.rounds.isEmpty { measurement.rounds.append(Round()) }
                return
            }
            binary = expecting(outcome.elapsed.seconds, at: pair.short, for: pair.long)
            short = outcome
        }
        var long = try await binary.run(
            target.pattern, function: target.function, iterations: pair.long, cpu: cpu, accessLog: accessLog,
            counting: output)
        if let sanitized, !long.results.isEmpty {
            let found = try await sanitized.run(
                target.pattern, function: target.function, iterations: pair.long, cpu: cpu, accessLog: accessLog)
            long.add(found)
        }
        let named = SteadyNames(
            short: short?.results ?? [], long: long.results, now: Date.now.timeIntervalSince1970)
        let failure =
            long.failure ?? short?.failure
            ?? (named.unmatched.isEmpty
                ? nil : Failure(.varyingNames, named.unmatched.prefix(3).joined(separator: ", ")))
        measurement.failure = .joining(measurement.failure, failure)
        if long.results.isEmpty {
            // Values of earlier rounds stand; a benchmark that gives none in its first round has failed.
            guard !measurement.rounds.isEmpty else { return }
        }
        measurement.rounds.append(Round(short: named.short, long: named.long, pair: pair))
    }
}

extension TestBinary.RunOutcome {
    /// Adds what another binary of the same benchmarks gave: each has units of its own.
    fileprivate mutating func add(_ other: TestBinary.RunOutcome) {
        for result in other.results {
            if let index = results.firstIndex(where: { $0.name == result.name }) {
                results[index].values.merge(result.values) { own, _ in own }
            } else {
                results.append(result)
            }
        }
        failure = .joining(failure, other.failure)
    }
}
