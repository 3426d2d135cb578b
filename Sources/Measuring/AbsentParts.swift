package import Benchmarks
package import Git

extension Measurements {
    /// Refuses a choice of benchmarks of which nothing that was measured printed a result, because the functions that were
    /// run have others inside.
    ///
    /// - Parameters:
    ///   - measurements: All that was measured.
    ///   - commit: The commit that is asked what they have.
    /// - Throws: `CoreError` with what there is instead.
    package func refuse(
        absentPartsOf selection: BenchmarkSelection, in measurements: [Measurement], at commit: ObjectID
    ) async throws {
        let areAbsent = measurements.allSatisfy { measurement in
            !measurement.names.contains(where: selection.includes)
                && measurement.failure.map { $0.reason == .missingBenchmark } ?? true
        }
        guard areAbsent, !measurements.isEmpty else { return }
        var names = measurements.reduce(into: Set<String>()) { $0.formUnion($1.names) }
        guard !names.isEmpty || selection.choosesParts else { return }
        let functions = Set(measurements.map(\.target.whole)).sorted()
        if names.isEmpty {
            // One iteration of a benchmark tells the names of all that is inside; those of tests are not printed.
            for function in functions.prefix(3) where FunctionKind(of: function.function) == .benchmark {
                names.formUnion(try await unchanged([function], between: commit, and: commit)?[function] ?? [])
            }
        }
        throw CoreError(.nothingToMeasure, selection.absence(in: functions, among: names.sorted()))
    }
}

extension Measurement.Target {
    /// The function with all that is inside.
    fileprivate var whole: Self { Self(package: package, pattern: "^\(function)$") }
}

extension BenchmarkSelection {
    /// Whether sub-benchmarks or sub-tests are chosen.
    fileprivate var choosesParts: Bool {
        only.isEmpty ? pattern?.rest.isEmpty == false : only.allSatisfy { $0.contains("/") }
    }

    /// That nothing inside of some functions is what is chosen, and what there is, as far as that is known.
    func absence(in functions: [Measurement.Target], among names: [String]) -> String {
        let shown = functions.prefix(3).map(\.function).joined(separator: " or ")
        let kind = FunctionKind(of: shown) ?? .benchmark
        let reason =
            only.isEmpty
            ? "No sub-\(kind.noun) of \(shown) matches '\(pattern?.rest ?? "")'" : "No \(kind.noun) \(choice)"
        if let first = functions.first, names.isEmpty {
            let place = BenchmarkSelection.pattern(naming: first.package, from: "").shellQuoted
            let flags = kind == .test ? "-v -run" : "-run '^$' -benchtime 1x -bench"
            return "\(reason). To see what there is: go test \(flags) '\(first.pattern)' \(place)"
        }
        let hasParts = names.contains { $0.contains("/") }
        let near = partSuggestion(among: names).map { " Did you mean \($0)?" } ?? ""
        return "\(reason): \(BenchmarkSelection.existence(of: names))."
            + (hasParts ? near : " Leave out what follows the slash.")
    }

    /// What to write for the sub-benchmark that was probably meant, so that it is found; nil when none is close.
    private func partSuggestion(among names: [String]) -> String? {
        let written = only.first.map { BenchmarkSelection.part(of: $0) } ?? pattern?.rest ?? ""
        let wanted = only.isEmpty ? written.filter { !"^$".contains($0) } : written
        // What is inside of inside may be left out.
        let parts = names.map(BenchmarkSelection.part(of:)).filter { !$0.isEmpty }
        let first = only.isEmpty ? parts.compactMap { $0.split(separator: "/").first.map(String.init) } : []
        guard let near = wanted.nearest(among: parts + first) else { return nil }
        guard only.isEmpty else { return names.first { BenchmarkSelection.part(of: $0) == near } }
        let exact = BenchPattern.pattern(exactly: "/" + near).dropFirst("^$/".count)
        return "\(pattern?.function ?? "")/\(exact.contains("\\") ? String(exact) : near)"
    }

    /// What follows the function in a name.
    private static func part(of name: String) -> String {
        String(name.dropFirst(Benchmark.function(of: name).count).drop { $0 != "/" }.dropFirst())
    }
}
