import Benchmarks
import Foundation
import TestSupport

@testable import GoToolchain

/// A Go module of one test, and what it takes to build and run it with one Go.
struct Workbench: Sendable {
    let module: GoModule
    let toolchain: Toolchain
    var options: BuildOptions

    /// Writes a module; nothing is fetched for it.
    ///
    /// - Parameter variables: Environment variables to set besides those that the tests were started with.
    init(
        _ go: String, _ files: [String: String], around: [String: String] = [:], hasModule: Bool = true,
        limits: Limits = Limits(), variables: [String: String] = [:], extra: [String] = []
    ) async throws {
        module = try GoModule(files, around: around, hasModule: hasModule)
        let all = ProcessInfo.processInfo.environment
            .merging(["GOPROXY": "off", "GOFLAGS": ""]) { $1 }.merging(variables) { $1 }
        toolchain = try await Toolchain(
            path: go, environment: ProcessEnvironment(all, extra: extra), limits: limits)
        let probe = try Probe(for: toolchain, directory: module.folder.appending(path: "probe").path)
        options = BuildOptions(overlay: probe.overlay, idle: probe.idle)
    }

    /// A module that never gets built, with a limit of 20 ms: a build that can end may do so before a busy machine
    /// notices its limit.
    static func endless(_ go: String, _ files: [String: String]) async throws -> Workbench {
        let tool = try GoModule(["wait": "#!/bin/sh\nexec sleep 600\n"], hasModule: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool.root + "/wait")
        var bench = try await Workbench(
            go, files, limits: Limits(time: .milliseconds(20)),
            variables: ["GOFLAGS": "-toolexec=\(tool.root)/wait"])
        bench.tool = tool
        return bench
    }

    /// What Go runs in the place of its compiler, to be removed with the module.
    private var tool: GoModule?

    var root: String { module.root }

    /// A test file of the package `m` with some functions.
    static func testFile(_ functions: String, importing imports: [String] = []) -> String {
        let lines = (imports + ["testing"]).map { "\t\"\($0)\"\n" }.joined()
        return "package m\n\nimport (\n\(lines))\n\n\(functions)\n"
    }

    func build(_ package: String = ".", _ name: String = "m.test") async throws -> Toolchain.BuildOutcome {
        try await toolchain.build(
            package: package, in: root, to: module.folder.appending(path: name).path, options: options)
    }

    /// The binary of a package that builds.
    func binary(_ package: String = ".") async throws -> TestBinary {
        switch try await build(package) {
        case .built(let binary): return binary
        case .failed(let failure): throw BuildFailed(failure: failure)
        }
    }

    /// Why a package does not build; nil when it does.
    func failure(_ package: String = ".") async throws -> Failure? {
        if case .failed(let failure) = try await build(package) { failure } else { nil }
    }

    struct BuildFailed: Error { let failure: Failure }
}

extension TestBinary {
    /// Runs a benchmark function once with ten iterations.
    func run(_ function: String, iterations: Int = 10, cpu: Int = 1) async throws -> RunOutcome {
        try await run("^\(function)$", function: function, iterations: iterations, cpu: cpu)
    }

    /// The values of a benchmark function and of its sub-benchmarks, from a run of 100 and one of 1000 iterations.
    func values(
        _ function: String, _ pair: IterationPair = .standard, cpu: Int = 1
    ) async throws -> [String: [Metric: Double]] {
        let short = try await run(function, iterations: pair.short, cpu: cpu)
        let long = try await run(function, iterations: pair.long, cpu: cpu)
        let measurement = Measurement(
            target: Measurement.Target(package: package, pattern: "^\(function)$"), pair: pair,
            rounds: [Round(short: short.results, long: long.results, pair: pair)])
        return Dictionary(
            uniqueKeysWithValues: measurement.names.map { name in
                let metrics = measurement.metrics(of: name)
                let values = metrics.compactMap { metric in measurement.value(name, metric).map { (metric, $0) } }
                return (name, Dictionary(uniqueKeysWithValues: values))
            })
    }
}
