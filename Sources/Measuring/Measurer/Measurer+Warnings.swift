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
                "the probe does not fit \(toolchain.version): allocs/op and B/op are truncated as Go prints them, and "
                    + "growth is not measured")
        } else if !probe.logsAccesses {
            warnings.append(
                "which files a benchmark reads cannot be seen with \(toolchain.version) on \(toolchain.platform): "
                    + "nothing is taken over from another commit")
        }
        if let patch = options.patch {
            warnings.append("\(patch.name) is applied to every commit that lacks its change")
        }
        if let line = options.beforeBuild { warnings.append("'\(line)' runs before each build") }
        if !options.testArguments.isEmpty {
            warnings.append("the benchmarks get \(options.testArguments.map(\.shellQuoted).joined(separator: " "))")
        }
        if let shortcoming = sandbox.shortcoming { warnings.append("\(sandbox.meaning), because \(shortcoming)") }
        return warnings + notes.all
    }

    /// What to tell where measurements that were imported would count with `--trust`.
    package var untrusted: [String] {
        get throws {
            guard !options.trustsImported else { return [] }
            let machines = Set(try cache.imported(of: recipe).map(\.machine)).sorted()
            guard !machines.isEmpty else { return [] }
            return ["what was imported from \(machines.joined(separator: ", ")) counts with --trust"]
        }
    }
}
