package import Benchmarks
package import Git
public import GoToolchain
public import MeasurementCache

import struct Foundation.Date

/// Measures commits: from the results cache, or in a worktree with real Go.
///
/// It never judges: whoever wants a measurement says how many rounds it needs.
public struct Measurer: Measurements {
    package let repository: String
    /// Where the user's own files are, which say how people are called, for example: the work tree, linked or not; the
    /// git directory of a bare repository.
    package let directory: String
    package let state: StateDirectory
    package let options: MeasuringOptions
    package let usesInputClasses: Bool
    /// Whether it is known of everything that old code runs which files it asks for.
    let logsAllReads: Bool
    /// The time before which a failed run is not taken for an answer; nil when any is.
    private let triesFailuresBefore: String?
    /// The Go that builds and runs.
    public let toolchain: Toolchain
    let sandbox: Sandbox
    /// The probe; without an overlay only what plain `-benchmem` prints is known.
    public let probe: Probe
    /// Where measurements are kept.
    public let cache: MeasurementCache
    package let recipe: MeasurementCache.RecipeID
    /// All that decides numbers besides the commit, which that key stands for.
    package let fullRecipe: Recipe
    /// The keys under which measurements of this recipe were imported, when they count.
    let trusted: [MeasurementCache.RecipeID]
    package let pinnedTests: ObjectID?
    let slots: SlotPool
    let binaries = BinaryStore()
    let built = BuiltPackages()
    /// What was found out on the way.
    package let notes = Notes()
    package let events: @Sendable (Event) -> Void

    /// Gets Go, the probe and the cache ready for a repository.
    ///
    /// - Parameter triesFailuresAgain: Whether a run that failed before now is tried again where its commit is wanted.
    /// - Throws: `GoError`, `CacheError`, or `GitError` when the revision of pinned tests cannot be resolved.
    package init(
        _ repository: borrowing Repository, options: MeasuringOptions, usesInputClasses: Bool = true,
        triesFailuresAgain: Bool = true, environment: [String: String], events: @escaping @Sendable (Event) -> Void
    ) async throws {
        // Copied before the first suspension: a repository stays with one task.
        let commonDirectory = repository.commonDirectory
        let workDirectory = repository.workDirectory
        let pinnedTests = try options.testsFrom.map { revision throws(GitError) in try repository.resolve(revision) }
        let rules = try repository.checkoutRules().text
        let sandbox = try options.sandbox ?? Sandbox.Choice(setOf: repository) ?? .auto
        try await self.init(
            commonDirectory: commonDirectory, workDirectory: workDirectory, checkoutRules: rules,
            pinnedTests: pinnedTests, sandbox: sandbox, options: options, usesInputClasses: usesInputClasses,
            triesFailuresAgain: triesFailuresAgain, environment: environment, events: events)
    }

    private init(
        commonDirectory: String, workDirectory: String?, checkoutRules: String, pinnedTests: ObjectID?,
        sandbox: Sandbox.Choice, options: MeasuringOptions, usesInputClasses: Bool, triesFailuresAgain: Bool,
        environment: [String: String], events: @escaping @Sendable (Event) -> Void
    ) async throws {
        repository = commonDirectory
        directory = workDirectory ?? commonDirectory
        state = StateDirectory(commonDirectory: commonDirectory)
        self.options = options
        triesFailuresBefore = triesFailuresAgain ? Date.now.formatted(.iso8601) : nil
        self.pinnedTests = pinnedTests
        self.events = events
        async let found = Sandbox(sandbox, searchPath: environment["PATH"] ?? "", launcher: options.launcher)
        var toolchain = try await Toolchain(
            path: options.go, environment: ProcessEnvironment(environment, extra: options.environmentNames),
            limits: options.limits, directory: workDirectory ?? commonDirectory)
        do {
            probe = try Probe(for: toolchain, directory: state.probe)
        } catch {
            // The reason that concerns the whole folder says more than the one that concerns the probe.
            try state.create()
            throw error
        }
        if let sanitizer = options.sanitizer, let reason = try await toolchain.refusal(of: sanitizer) {
            throw CoreError(
                .surroundings,
                "Nothing can be built with --sanitizer \(sanitizer.rawValue) here: \(reason). It needs a C compiler (for "
                    + "memory Clang, set as CC), CGO_ENABLED=1 and a platform on which Go supports it.")
        }
        if options.countsInstructions {
            toolchain.counter = try await InstructionCounter(wantedOn: environment["PATH"])
        }
        // What a command of the user's reads is not seen.
        logsAllReads = probe.logsAccesses && options.beforeBuild == nil
        self.usesInputClasses = usesInputClasses && logsAllReads
        toolchain.testArguments = options.testArguments
        self.sandbox = try await found
        if self.sandbox != .off {
            toolchain.confinement = Confinement(
                self.sandbox, hasNetwork: options.hasNetwork, worktrees: state.worktrees, hidden: [commonDirectory],
                shown: [state.probe], toolchain: toolchain)
        }
        self.toolchain = toolchain
        switch options.cache {
        case .shared: cache = try MeasurementCache(path: state.cache)
        case .file(let path): cache = try MeasurementCache(path: path)
        case .none: cache = try MeasurementCache(path: nil)
        }
        var influences = toolchain.influences
        // What a checkout writes decides numbers as much as the commit does.
        if !checkoutRules.isEmpty { influences["git checkout"] = checkoutRules }
        // Counts are the same in every box, where old code has the same variables. Without one it has the user's.
        let openings = toolchain.confinement.map { $0.hasNetwork ? "network" : "" } ?? "off"
        if !openings.isEmpty { influences["sandbox"] = openings }
        // The iteration counts never change inside a series.
        if options.isTimed, options.iterations == nil { influences["iterations"] = "timed" }
        if !options.testArguments.isEmpty {
            influences["test arguments"] = options.testArguments.joined(separator: "\u{1f}")
        }
        influences["instructions"] = toolchain.counter?.influence
        influences["sanitizer"] = options.sanitizer.map { options.sanitizesBeside ? "beside \($0)" : $0.rawValue }
        influences["before build"] = options.beforeBuild
        influences["patch"] = options.patch.map { String(decoding: $0.text, as: UTF8.self) }
        if toolchain.confinement == nil { influences.merge(toolchain.environment.surroundings) { one, _ in one } }
        fullRecipe = Recipe(
            iterations: options.iterations, cpu: options.cpu, tags: options.tags, gcflags: options.gcflags,
            goVersion: toolchain.version, platform: toolchain.platform, environment: influences,
            pinnedTests: pinnedTests?.description, probe: probe.version)
        recipe = try cache.id(of: fullRecipe)
        trusted = options.trustsImported ? try cache.imported(of: recipe).map(\.recipe) : []
        slots = SlotPool(count: max(1, options.jobs), state: state)
    }

    package var startsCold: Bool { toolchain.startsCold }
    package var platform: String { toolchain.platform }
    package var goVersion: String { toolchain.version }
    package var countsLines: Bool { toolchain.counter?.countsLines == true }

    /// Gives up the slots; nothing is left running.
    public func close() async {
        await toolchain.endKeptBoxes()
        await slots.close { number in
            // What cannot be put back now is with the slot's next checkout.
            guard sandbox.hidesRepository, let repository = try? Repository(discovering: repository) else { return }
            if var worktree = try? repository.worktree(slot: number) { try? worktree.showRepository() }
        }
    }

    /// What the cache knows of a target: our own measurement, or else an imported one that counts.
    ///
    /// The iteration counts never change inside a series, so that an imported one with others counts only where they
    /// make no difference.
    package func recall(_ target: Measurement.Target, at commit: ObjectID) throws -> KnownMeasurement? {
        if let own = try recall(target, at: commit, recipe: recipe) { return own }
        for recipe in trusted {
            guard let reading = try recall(target, at: commit, recipe: recipe) else { continue }
            guard let pair = reading.measurement.pair else { return reading }
            let chosen = try cache.choose(pair, for: target, recipe: self.recipe)
            if pair == chosen || options.isPortable && reading.measurement.fits(chosen) { return reading }
            notes.add(
                "measurements of other machines with other numbers of iterations are left out where that may make a "
                    + "difference; with --benchtime 1000x all machines use the same", about: target.function)
        }
        return nil
    }

    /// The commits that have a measurement of a target that counts, with the state of its inputs.
    package func states(of target: Measurement.Target) throws -> [(commit: String, state: MeasurementCache.InputState)]
    {
        try (trusted + [recipe]).flatMap { try cache.states(of: target, recipe: $0) }
    }

    /// The commits that have a measurement of a target that counts.
    package func commits(of target: Measurement.Target) throws -> [ObjectID] {
        try (trusted + [recipe]).flatMap { try cache.commits(of: target, recipe: $0) }.compactMap(ObjectID.init)
    }

    /// Whether commits with equal inputs may share measurements of a target.
    package func trustsInputs(of target: Measurement.Target) throws -> Bool {
        try !cache.distrustsInputs(of: target.package, recipe: recipe)
    }

    /// Lets no commit take over measurements of a target's package from now on.
    package func distrustInputs(of target: Measurement.Target) throws {
        try cache.distrustInputs(of: target.package, recipe: recipe)
    }

    /// What the cache knows of a target under one key, unless it failed for a limit that is wider now.
    func recall(
        _ target: Measurement.Target, at commit: ObjectID, recipe: MeasurementCache.RecipeID
    ) throws -> KnownMeasurement? {
        try cache.entry(at: commit.description, of: target, recipe: recipe).flatMap(reading)
    }

    /// What the cache knows of some targets at some commits, read at once; for each target by position among the commits.
    ///
    /// - Parameter metrics: The metrics whose values are wanted, besides `ns/op`; nil for all.
    package func recall(
        _ targets: [Measurement.Target], at commits: [ObjectID], metrics: [Metric]?
    ) throws -> [[Int: KnownMeasurement]] {
        // Imported measurements are looked for one by one, after our own.
        guard trusted.isEmpty else {
            return try targets.map { target in
                try commits.enumerated().reduce(into: [:]) { $0[$1.offset] = try recall(target, at: $1.element) }
            }
        }
        var readings = [[Int: KnownMeasurement]](repeating: [:], count: targets.count)
        let entries = try cache.entries(
            at: commits.map(\.description), of: targets, metrics: metrics, recipe: recipe)
        for (commit, target, entry) in entries.joined() { readings[target][commit] = reading(entry) }
        return readings
    }

    private func reading(_ entry: MeasurementCache.Entry) -> KnownMeasurement? {
        if let failure = entry.measurement.failure, let limit = failure.limit, limit < currentLimit(failure.reason) {
            return nil
        }
        if let triesFailuresBefore, entry.measurement.hasFailed, entry.measurement.failure?.isOfRun == true,
            entry.time <= triesFailuresBefore
        {
            return nil
        }
        return KnownMeasurement(measurement: entry.measurement, state: entry.state, isNew: false)
    }

    private func currentLimit(_ reason: Failure.Reason) -> Double {
        reason == .timeout ? options.limits.time.seconds : options.limits.memory.map { Double($0) } ?? .infinity
    }
}
