import Benchmarks
import Git
import GoToolchain
import Measuring

import class Foundation.FileManager

/// A search for what holds the objects that lines of the later commit leave behind.
///
/// A heap dump of a run of its own tells it. A dump that cannot be made or read takes nothing from the rest.
struct RetainerSearch: Sendable {
    let workshop: any Workshop
    let question: Explainer.Question
    let paths: SourcePaths

    /// What holds the objects that stay: by benchmark, and by file and line.
    struct Retainers: Sendable {
        var byLine: [String: [String: String]] = [:]
        /// Why it could not be determined, as sentences.
        var failures: [String] = []
    }

    /// Finds out what holds the objects, with a runtime that tells small ones apart.
    func retainers(_ runtime: NoTinyAllocatorRuntime?) async throws -> Retainers {
        let names = Set(question.series.filter(\.metric.isRetained).map(\.benchmark))
        // Without that runtime, a dump has the lines of allocations wrong.
        guard !names.isEmpty, let runtime else { return Retainers() }
        let target = question.target
        return try await workshop.withWorkplace(for: target, at: question.after.id) { place in
            var build = place.buildOptions
            (build.runtime, build.keepsSymbols) = (runtime, true)
            let binary: TestBinary
            switch try await place.binary(named: "dumped", build) {
            case .failed(let failure): return Retainers(failures: ["what holds the objects is not known: \(failure)"])
            case .built(let built): binary = built
            }
            let folder = "\(place.output)/dumps"
            try? FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let run = try await binary.run(
                target.pattern, function: target.function, iterations: dumpedIterations,
                cpu: place.cpu, profiles: folder, profiled: names, dumpsHeap: true)
            var retainers = Retainers()
            do {
                let variables = try await place.toolchain.variables(of: binary.path)
                for result in run.results where names.contains(result.name) {
                    guard let number = result.values[ProbeUnit.snapshot.rawValue] else { continue }
                    let dump = try HeapDump(path: ProbeProfiles(folder: folder, number: Int(number)).path(.heapDump))
                    let retainedObjects = dump.retainedObjects(variables: variables) { paths.isOwn($0) }
                    retainers.byLine[result.name] = retainedObjects.map(byLine)
                }
            } catch let error as GoError {
                retainers.failures.append("what holds the objects is not known: \(error)")
            }
            return retainers
        }
    }

    /// The retainer of most objects of each line, the innermost of the repository on their stacks.
    private func byLine(_ retainedObjects: [RetainedObjects]) -> [String: String] {
        var counts: [String: [Retainer: Int]] = [:]
        for holding in retainedObjects {
            guard let frame = holding.frames.first(where: { paths.path($0.file) != nil }),
                let path = paths.path(frame.file)
            else { continue }
            counts["\(path):\(frame.line)", default: [:]][holding.retainer, default: 0] += holding.objects
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
    private var dumpedIterations: Int {
        let most = question.series.filter { $0.metric == .retainedObjects }.map(\.after).max() ?? 1
        let long = question.measuredAfter.pair?.long ?? 1000
        return max(1, min(long, Int(100_000 / max(1, most))))
    }
}
