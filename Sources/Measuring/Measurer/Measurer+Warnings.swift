import Benchmarks
import Git
import GoToolchain
import MeasurementCache

extension Measurer {
    /// What the user should know of how it measures.
    package var warnings: [String] {
        var warnings: [String] = []
        if probe.version == 0 {
            warnings.append(
                "the probe does not work with \(toolchain.version): allocs/op and B/op are truncated as Go prints them, "
                    + "and growth is not measured")
        } else if !probe.logsAccesses {
            warnings.append(
                "the files that a benchmark reads cannot be seen with \(toolchain.version) on \(toolchain.platform), so "
                    + "commits share no measurements")
        }
        warnings += options.preparationNotes
        if let shortcoming = sandbox.shortcoming { warnings.append("\(sandbox.meaning), because \(shortcoming)") }
        return warnings + notes.all
    }

    /// What to tell if imported measurements would count with `--trust`.
    package var untrusted: [String] {
        get throws {
            guard !options.trustsImported else { return [] }
            let machines = Set(try cache.imported(of: recipe).map(\.machine)).sorted()
            guard !machines.isEmpty else { return [] }
            return ["measurements imported from \(machines.joined(separator: ", ")) count only with --trust"]
        }
    }
}

extension MeasuringOptions {
    /// What is done to each commit before it is measured, and how its benchmarks run, by the names of the options.
    package var preparations: [(key: String, value: String)] {
        let arguments = testArguments.map(\.shellQuoted).joined(separator: " ")
        let all: [(key: String, value: String?)] = [
            ("patch", patch?.name), ("before-build", beforeBuild), ("args", arguments.isEmpty ? nil : arguments),
        ]
        return all.compactMap { key, value in value.map { (key: key, value: $0) } }
    }

    /// The same as the user is told it, a sentence each.
    package var preparationNotes: [String] {
        var notes: [String] = []
        if let patch { notes.append("\(patch.name) is applied to every commit that lacks its change") }
        if let line = beforeBuild { notes.append("'\(line)' runs before each build") }
        if !testArguments.isEmpty {
            notes.append("benchmarks run with \(testArguments.map(\.shellQuoted).joined(separator: " "))")
        }
        return notes
    }
}
