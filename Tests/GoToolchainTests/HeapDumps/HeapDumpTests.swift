import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Heap dumps that real Go writes", .tags(.go), .serialized)
struct HeapDumpTests {
    /// A run of the benchmark that keeps objects: fifty iterations after a first one, which has another stack.
    private struct Run {
        let bench: Workbench
        let binary: String
        let path: String

        init(_ go: String) async throws {
            bench = try await Workbench(go, HeapSource.files)
            let folder = bench.module.folder.path
            let probe = try Probe(for: bench.toolchain, directory: folder + "/probe")
            var options = BuildOptions(overlay: probe.overlay, keepsSymbols: true)
            options.runtime = try await NoTinyAllocatorRuntime(bench.toolchain, probe, options: options)
            #expect(options.runtime != nil)
            let outcome = try await bench.toolchain.build(
                package: ".", in: bench.root, to: folder + "/m.test", options: options)
            guard case .built(let test) = outcome else { throw Failed(text: "\(outcome)") }
            let run = try await test.run(
                "^BenchmarkKeep$", function: "BenchmarkKeep", iterations: 50, cpu: 1, profiles: folder,
                dumpsHeap: true)
            #expect(run.failure == nil && run.results.count == 1)
            binary = test.path
            path = ProbeProfiles(folder: folder, number: 1).path(.heapDump)
        }
    }

    private struct Failed: Error { let text: String }

    private func isOwn(_ variable: Variable) -> Bool { variable.package?.hasPrefix("example.com/") == true }

    @Test(arguments: GoCommands.all) func namesHolders(go: String) async throws {
        let run = try await Run(go)
        let variables = try await run.bench.toolchain.variables(of: run.binary)
        let dump = try HeapDump(path: run.path)
        let retainedObjects = try #require(dump.retainedObjects(variables: variables, isOwn: isOwn))
        #expect(retainedObjects.map(\.bytes) == retainedObjects.map(\.bytes).sorted(by: >))
        func found(_ function: String) -> [RetainedObjects] {
            retainedObjects.filter { holding in
                holding.frames.contains { $0.function == "example.com/m." + function }
                    && !holding.frames[0].function.hasPrefix("internal/")
            }
        }
        let lines = HeapSource.files["m_test.go"]?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
        var expected = HeapSource.retainers.mapValues { Retainer.variable($0) }
        for name in ["newLocal", "newPointed", "newDeferred", "newSent"] { expected[name] = .goroutine }
        expected["newFinal"] = .finalizer
        expected["newLast"] = .finalizer
        let sizes = ["newPart": 80, "newName": 48]
        for (function, retainer) in expected {
            let found = found(function)
            #expect(found.allSatisfy { $0.retainer == retainer }, "\(function): \(found.map(\.retainer))")
            #expect(found.map(\.objects).reduce(0, +) == 51, "\(function)")
            #expect(found.map(\.bytes).reduce(0, +) == 51 * (sizes[function] ?? 64), "\(function)")
            let frame = try #require(found.first?.frames.first { $0.function == "example.com/m." + function })
            #expect(frame.file.hasSuffix("/tree/m_test.go"))
            let line = lines[frame.line - 1]
            #expect(line.hasSuffix("// " + function) || line.hasPrefix("\treturn "), "\(function): \(line)")
        }
        #expect(found("newForgotten").map(\.objects).reduce(0, +) <= 1)
        #expect(found("keep").contains { $0.retainer == .variable("example.com/m.hooks") && $0.objects >= 50 })
    }

    @Test(arguments: GoCommands.all) func needsTheBinarysOwnSymbols(go: String) async throws {
        let run = try await Run(go)
        let dump = try HeapDump(path: run.path)
        let variables = try await run.bench.toolchain.variables(of: run.binary)
        #expect(dump.retainedObjects(variables: variables.filter { $0.name != "runtime.data" }, isOwn: isOwn) == nil)
        let moved = variables.map { variable in
            let distance: UInt64 = variable.name == "runtime.edata" ? 8 : 0
            return Variable(symbol: variable.name, address: variable.address + distance, size: variable.size)
        }
        #expect(dump.retainedObjects(variables: moved, isOwn: isOwn) == nil)
        let stripped = try await run.bench.binary()
        await #expect(throws: GoError.self) { try await run.bench.toolchain.variables(of: stripped.path) }
        await #expect(throws: GoError.self) { try await run.bench.toolchain.variables(of: run.bench.root + "/go.mod") }
        #expect(throws: GoError.self) { try HeapDump(path: run.binary) }
        #expect(throws: GoError.self) { try HeapDump(path: run.binary + ".dump") }
    }

    @Test(arguments: GoCommands.all) func survivesDamage(go: String) async throws {
        let run = try await Run(go)
        let variables = try await run.bench.toolchain.variables(of: run.binary)
        let contents = try Data(contentsOf: URL(filePath: run.path))
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<10 {
            let length = Int.random(in: 0..<contents.count, using: &generator)
            #expect(throws: DumpCursor.Damaged.self) { try HeapDump(contents.prefix(length)) }
            var damaged = contents
            for _ in 0..<3 {
                damaged[Int.random(in: 0..<contents.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            _ = try? HeapDump(damaged).retainedObjects(variables: variables, isOwn: isOwn)
        }
    }
}
