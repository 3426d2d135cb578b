import Benchmarks
import Git
import GoToolchain

import class Foundation.FileManager

extension Explainer {
    /// What holds the objects that stay: by benchmark, and by file and line.
    struct Holders: Sendable {
        var byLine: [String: [String: String]] = [:]
        /// Why it could not be determined, as sentences.
        var failures: [String] = []
    }

    /// Finds out what holds the objects that lines of the later commit leave behind.
    ///
    /// A heap dump of a run of its own tells it. A dump that cannot be made or read takes nothing from the rest.
    func holders(
        _ question: Question, _ context: CommitDiff, _ runtime: NoTinyAllocatorRuntime?
    ) async throws -> Holders {
        let names = Set(question.series.filter(\.metric.isRetained).map(\.benchmark))
        // Without that runtime, a dump has the lines of allocations wrong.
        guard !names.isEmpty, let runtime else { return Holders() }
        let target = question.target
        return try await measurer.slots.withSlot { slot in
            let root = try measurer.checkout(question.after.id, slot, pinning: [target.package]).root
            var build = measurer.buildOptions(slot)
            (build.runtime, build.keepsSymbols) = (runtime, true)
            let binary: TestBinary
            switch try await measurer.toolchain.build(
                package: target.package, in: root, to: "\(slot.scratch)/dumped.test", options: build)
            {
            case .failed(let failure): return Holders(failures: ["what holds the objects is not known: \(failure)"])
            case .built(let built): binary = built
            }
            let folder = "\(slot.output)/dumps"
            try? FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let run = try await binary.run(
                target.pattern, function: target.function, iterations: dumpedIterations(question),
                cpu: measurer.options.cpu, profiles: folder, profiled: names, dumpsHeap: true)
            var holders = Holders()
            do {
                let variables = try await measurer.toolchain.variables(of: binary.path)
                for result in run.results where names.contains(result.name) {
                    guard let number = result.values[ProbeUnit.snapshot.rawValue] else { continue }
                    let dump = try HeapDump(path: ProbeProfiles(folder: folder, number: Int(number)).path(.heapDump))
                    let holdings = dump.holdings(variables: variables) { context.paths.isOwn($0) }
                    holders.byLine[result.name] = holdings.map { Explainer.byLine($0, context.paths) }
                }
            } catch let error as GoError {
                holders.failures.append("what holds the objects is not known: \(error)")
            }
            return holders
        }
    }

    /// The holder of most objects of each line, the innermost of the repository on their stacks.
    private static func byLine(_ holdings: [RetainedObjects], _ paths: SourcePaths) -> [String: String] {
        var counts: [String: [Retainer: Int]] = [:]
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

    /// Enough iterations to tell what holds the objects, and no dump of hundreds of megabytes.
    private func dumpedIterations(_ question: Question) -> Int {
        let most = question.series.filter { $0.metric == .retainedObjects }.map(\.after).max() ?? 1
        let long = question.measuredAfter.pair?.long ?? 1000
        return max(1, min(long, Int(100_000 / max(1, most))))
    }
}
