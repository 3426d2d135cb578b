package import Benchmarks
package import Git
package import GoToolchain

/// A slot that holds a commit's files, where the test binaries of one package are built and run for some of its targets.
///
/// It is good for as long as the slot is held: inside `Measurer.withWorkplace`.
package struct Workplace: Sendable {
    /// Where the commit's files are.
    package let root: String
    package let commit: ObjectID
    private let targets: [Measurement.Target]
    /// Why nothing can be built here; nil when it can be tried.
    private let trouble: Failure?
    private let slot: SlotPool.Slot
    private let measurer: Measurer

    fileprivate init(
        _ targets: [Measurement.Target], at commit: ObjectID, _ tree: CheckedOut, in slot: SlotPool.Slot,
        of measurer: Measurer
    ) {
        (self.targets, self.commit, self.slot, self.measurer) = (targets, commit, slot, measurer)
        (root, trouble) = (tree.root, tree.trouble)
    }

    /// The folder that what runs may write.
    package var output: String { slot.output }
    /// The Go that builds and runs.
    package var toolchain: Toolchain { measurer.toolchain }
    /// GOMAXPROCS of the runs.
    package var cpu: Int { measurer.options.cpu }
    /// How binaries are built that are measured.
    package var buildOptions: BuildOptions { measurer.buildOptions(slot, running: targets) }

    private var package: String { targets.first?.package ?? "." }

    /// The test binary that is measured: built now, or kept from before.
    package func binary() async throws -> Toolchain.BuildOutcome {
        if let trouble { return .failed(trouble) }
        return try await measurer.binary(commit, package, root: root, slot: slot, buildOptions)
    }

    /// A test binary that is built in another way, for which it has a name of its own; it is not kept.
    package func binary(named name: String, _ options: BuildOptions) async throws -> Toolchain.BuildOutcome {
        if let trouble { return .failed(trouble) }
        return try await toolchain.build(
            package: package, in: root, to: "\(slot.scratch)/\(name).test", options: options)
    }
}

extension Measurer {
    /// Does some work on a target in a slot that holds a commit's files.
    package func withWorkplace<Result: Sendable>(
        for target: Measurement.Target, at commit: ObjectID, _ work: @Sendable (Workplace) async throws -> Result
    ) async throws -> Result {
        try await withWorkplace(for: [target], at: commit, replacing: [], work)
    }

    /// Does some work on targets of one package in a slot that holds a commit's files, some of which are replaced.
    func withWorkplace<Result: Sendable>(
        for targets: [Measurement.Target], at commit: ObjectID, replacing files: [Replacement],
        _ work: @Sendable (Workplace) async throws -> Result
    ) async throws -> Result {
        // What else is asked of the commit meanwhile need not wait: it is seldom built in the same way.
        try await slots.withSlot(for: files.isEmpty ? commit : nil, waits: false) { slot in
            let tree = try await checkout(commit, slot, pinning: targets.prefix(1).map(\.package), replacing: files)
            return try await work(Workplace(targets, at: commit, tree, in: slot, of: self))
        }
    }

    /// The runtime in which small objects share no blocks; nil where none is known for the Go.
    package func noTinyAllocatorRuntime() async throws -> NoTinyAllocatorRuntime? {
        try await slots.withSlot { slot in
            try await NoTinyAllocatorRuntime(toolchain, probe, options: buildOptions(slot, running: []))
        }
    }
}
