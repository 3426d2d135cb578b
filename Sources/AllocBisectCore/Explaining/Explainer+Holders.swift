import Benchmarks
import Git
import GoToolchain

import class Foundation.FileManager

extension Explainer {
    /// What holds the objects that lines of the later commit leave behind, by file and line.
    ///
    /// A heap dump of a run of its own tells it. A dump that cannot be made or read takes nothing from the rest: there
    /// is no holder then.
    func holders(
        _ question: Question, _ context: Context
    ) async throws -> [String: [String: String]] {
        let growing = question.series.filter { [.retainedObjects, .retainedBytes].contains($0.metric) }
        guard !growing.isEmpty, let runtime = try await separatingRuntime() else { return [:] }
        let target = question.target
        let iterations = dumpedIterations(question)
        return try await measurer.slots.withSlot { slot in
            let root = try measurer.checkout(question.after.id, slot, pinning: [target.package])
            var build = measurer.buildOptions(slot)
            (build.runtime, build.keepsSymbols) = (runtime, true)
            let outcome = try await measurer.toolchain.build(
                package: target.package, in: root, to: "\(slot.scratch)/dumped.test", options: build)
            guard case .built(let binary) = outcome else { return [:] }
            let folder = "\(slot.scratch)/dumps"
            try? FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let run = try await binary.run(
                target.pattern, function: target.function, iterations: iterations, cpu: measurer.options.cpu,
                profiles: folder, dumpsHeap: true)
            guard let variables = try? await measurer.toolchain.variables(of: binary.path) else { return [:] }
            var holders: [String: [String: String]] = [:]
            for name in Set(growing.map(\.benchmark)) {
                let result = run.results.first { $0.name == name }
                guard let number = result?.values[ProbeUnit.snapshot.rawValue],
                    let dump = try? HeapDump(path: Snapshot(folder: folder, number: Int(number)).path(.heapDump)),
                    let holdings = dump.holdings(
                        variables: variables, isOwn: { isOwn($0, question.importPath) })
                else { continue }
                holders[name] = Explainer.byLine(holdings, context.paths)
            }
            return holders
        }
    }

    /// The holder of most objects of each line, the innermost of the repository on their stacks.
    private static func byLine(_ holdings: [Holding], _ paths: SourcePaths) -> [String: String] {
        var counts: [String: [Holder: Int]] = [:]
        for holding in holdings {
            guard let frame = holding.frames.first(where: { paths.path($0.file) != nil }),
                let path = paths.path(frame.file)
            else { continue }
            counts["\(path):\(frame.line)", default: [:]][holding.holder, default: 0] += holding.objects
        }
        return counts.compactMapValues { counts in
            let most = counts.max { ($0.value, "\($1.key)") < ($1.value, "\($0.key)") }
            return switch most?.key {
            case .variable("runtime.allp"): "a pending timer"
            case .variable(let name): name
            case .goroutine: "a goroutine"
            case .finalizer: "a finalizer"
            case .unknown, nil: nil
            }
        }
    }

    /// Whether a variable belongs to the module of the package, whose root the import path begins with.
    private func isOwn(_ variable: Variable, _ importPath: String) -> Bool {
        guard let package = variable.package, let own = importPath.split(separator: "/").first else { return false }
        return package.split(separator: "/").first == own
    }

    /// Enough iterations to tell what holds the objects, and no dump of hundreds of megabytes.
    private func dumpedIterations(_ question: Question) -> Int {
        let most = question.series.filter { $0.metric == .retainedObjects }.map(\.after).max() ?? 1
        let long = question.measuredAfter.pair?.long ?? 1000
        return max(1, min(long, Int(100_000 / max(1, most))))
    }
}
