import Benchmarks
import Git
import GoToolchain
import MeasurementCache

import class Foundation.FileManager

extension Measurer {
    /// Measures a commit in a worktree slot, package by package, benchmark by benchmark.
    func measure(_ order: Order, in slot: SlotPool.Slot) async throws -> [Reading] {
        let packages = Dictionary(grouping: order.targets, by: \.package)
        let root: String
        do {
            root = try checkout(order.commit, slot, pinning: packages.keys.sorted())
        } catch {
            guard error.concernsCommit else { throw error }
            return order.targets.map {
                Reading(
                    measurement: Measurement(target: $0, failure: Failure(.checkout, error.message)), state: nil,
                    isNew: true)
            }
        }
        var readings: [Reading] = []
        for (number, (package, targets)) in packages.sorted(by: { $0.key < $1.key }).enumerated() {
            if packages.count > 1 {
                let place = "package \(number + 1) of \(packages.count), \(package)"
                events(.measuring(commit: order.commit, purpose: "\(order.purpose): \(place)"))
            }
            readings += try await measure(targets, of: package, order: order, root: root, slot: slot)
        }
        return readings
    }

    /// Fills a slot with a commit's files, with the pinned tests in the place of the commit's own.
    ///
    /// - Returns: The worktree's root.
    func checkout(
        _ commit: ObjectID, _ slot: SlotPool.Slot, pinning packages: [String], replacing files: [Replacement] = []
    ) throws(GitError) -> String {
        let repository = try Repository(discovering: self.repository)
        var worktree = try repository.worktree(slot: slot.number)
        try worktree.checkout(commit)
        if let pinnedTests {
            for package in packages { try repository.pin(package, testsOf: pinnedTests, in: worktree.path) }
        }
        if !files.isEmpty { try worktree.replace(files) }
        if !sandbox.isWhole { try worktree.hideRepository() }
        return worktree.path
    }

    private func measure(
        _ targets: [Measurement.Target], of package: String, order: Order, root: String, slot: SlotPool.Slot
    ) async throws -> [Reading] {
        let build = buildOptions(slot)
        let known = try targets.compactMap { try recall($0, at: order.commit, recipe: recipe)?.state?.inputs }
        async let found = known.count == targets.count ? known[0] : inputs(of: package, in: root, build)
        let binary: TestBinary
        switch try await self.binary(order.commit, package, root: root, slot: slot, build) {
        case .built(let built): binary = built
        case .failed(let failure):
            let all = try await found
            let decisive = all.map { toolchain.inputs(ofFailure: failure, package: package, in: root) ?? $0 }
            let state = try self.state(of: decisive, at: order.commit)
            return try targets.map { try keep(Measurement(target: $0, failure: failure), at: order.commit, state) }
        }
        let inputs = try await found
        var readings: [Reading] = []
        for target in targets {
            // The one before may have removed it.
            if !binary.hasFolder { _ = try checkout(order.commit, slot, pinning: [package]) }
            let log = "\(slot.output)/access.log"
            let stateByLog = {
                try self.state(of: inputs.map { AccessLog.add(log, of: package, in: root, to: $0) }, at: order.commit)
            }
            // Rounds of our own are never added to imported ones.
            var reading = try recall(target, at: order.commit, recipe: recipe)
            var measurement = reading?.measurement ?? Measurement(target: target)
            if measurement.pair == nil && !measurement.hasFailed {
                measurement = try await calibrated(measurement, binary, accessLog: log)
                if measurement.hasFailed { reading = try keep(measurement, at: order.commit, stateByLog()) }
            }
            var state: MeasurementCache.InputState?
            while measurement.needsRound(order.rounds) {
                try await binary.addRound(to: &measurement, cpu: options.cpu, accessLog: state == nil ? log : nil)
                state = try state ?? stateByLog()
                reading = try keep(measurement, at: order.commit, state)
            }
            if let reading { readings.append(reading) }
        }
        return readings
    }

    /// The test binary of a package at a commit: built now, or kept from before.
    func binary(
        _ commit: ObjectID, _ package: String, root: String, slot: SlotPool.Slot, _ build: BuildOptions
    ) async throws -> Toolchain.BuildOutcome {
        let key = BinaryStore.Key(commit: commit.description, package: package)
        if let kept = await binaries.binary(key) { return .built(kept.running(in: root)) }
        let name = package.map { $0.isLetter || $0.isNumber ? $0 : "_" }
        let outcome = try await toolchain.build(
            package: package, in: root, to: "\(slot.scratch)/\(commit.short)-\(String(name)).test", options: build)
        if case .built(let binary) = outcome { await binaries.keep(binary, for: key) }
        return outcome
    }

    /// Chooses the iteration counts for a benchmark that was never measured with this recipe.
    ///
    /// One iteration is timed first; a cold one is slower than the rest, so that ten decide when it seems slow.
    private func calibrated(
        _ measurement: Measurement, _ binary: TestBinary, accessLog: String
    ) async throws -> Measurement {
        var measurement = measurement
        let target = measurement.target
        if let iterations = options.iterations {
            measurement.pair = IterationPair(long: iterations)
            return measurement
        }
        if let known = try cache.pair(of: target, recipe: recipe) {
            measurement.pair = known
            return measurement
        }
        var pair = IterationPair.standard
        for iterations in [1, 10] {
            let outcome = try await binary.run(
                target.pattern, function: target.function, iterations: iterations, cpu: options.cpu,
                accessLog: accessLog)
            let seconds = outcome.results.map { ($0.values[Metric.time.unit] ?? 0) / 1e9 }
            guard let slowest = seconds.max() else {
                measurement.failure = outcome.failure
                return measurement
            }
            pair = .fitting(slowest: slowest, total: seconds.reduce(0, +))
            if pair == .standard || slowest > 0.1 { break }
        }
        measurement.pair = try cache.choose(pair, for: target, recipe: recipe)
        return measurement
    }

    private func keep(
        _ measurement: Measurement, at commit: ObjectID, _ state: MeasurementCache.InputState?
    ) throws -> Reading {
        try cache.store(measurement, at: commit.description, recipe: recipe, state: state)
        return Reading(measurement: measurement, state: state, isNew: true)
    }

    func buildOptions(_ slot: SlotPool.Slot) -> BuildOptions {
        BuildOptions(
            tags: options.tags, gcflags: options.gcflags, overlay: probe.overlay,
            temporaryDirectory: slot.scratch + "/tmp")
    }

    private func inputs(of package: String, in root: String, _ build: BuildOptions) async throws -> Inputs? {
        guard usesInputClasses else { return nil }
        return try await toolchain.inputs(ofPackage: package, in: root, options: build)
    }

    private func state(of inputs: Inputs?, at commit: ObjectID) throws -> MeasurementCache.InputState? {
        guard let inputs else { return nil }
        let digest = try Repository(discovering: repository).digests(of: [commit], over: TreeSelection(inputs))[0]
        return MeasurementCache.InputState(inputs: inputs, digest: digest.description)
    }
}

extension Measurement {
    /// Whether it gave nothing, and would give nothing again.
    var hasFailed: Bool { rounds.isEmpty && failure != nil }

    /// Whether another round is wanted, and could succeed.
    fileprivate func needsRound(_ wanted: (Measurement) -> Int) -> Bool {
        pair != nil && !hasFailed && rounds.count < max(1, wanted(self))
    }
}

extension TestBinary {
    /// Runs a benchmark at N1 and at N2, each in a process of its own, and adds what came out.
    func addRound(to measurement: inout Measurement, cpu: Int, accessLog: String?) async throws {
        guard let pair = measurement.pair else { return }
        let target = measurement.target
        var short: RunOutcome?
        if pair.span > 0 {
            short = try await run(
                target.pattern, function: target.function, iterations: pair.short, cpu: cpu, accessLog: accessLog)
        }
        let long = try await run(
            target.pattern, function: target.function, iterations: pair.long, cpu: cpu,
            accessLog: short == nil ? accessLog : nil)
        measurement.failure = long.failure ?? short?.failure
        if long.results.isEmpty {
            // Values of earlier rounds stand; a benchmark that gives none in its first round has failed.
            guard !measurement.rounds.isEmpty else { return }
        }
        measurement.rounds.append(Round(short: short?.results ?? [], long: long.results))
    }
}

extension TreeSelection {
    /// The selection of a package's inputs.
    init(_ inputs: Inputs) { self.init(paths: inputs.paths, directories: inputs.directories) }
}

extension GitError {
    /// Whether it is the commit that cannot be checked out, and not the machine that fails.
    var concernsCommit: Bool { [.missingObject, .partialClone, .damagedObject].contains(code) }
}
