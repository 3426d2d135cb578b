import Benchmarks
import Git
import GoToolchain
import MeasurementCache

import class Foundation.FileManager

extension Measurer {
    /// Measures a commit in a worktree slot, package by package, benchmark by benchmark.
    func measure(_ job: MeasurementJob, in slot: SlotPool.Slot) async throws -> [KnownMeasurement] {
        let packages = job.targets.byPackage
        let tree: CheckedOut
        do {
            tree = try await checkout(job.commit, slot, pinning: packages.map(\.package))
        } catch let error as GitError where error.concernsCommit {
            tree = CheckedOut(root: "", unfaithful: [], trouble: Failure(.checkout, error.message))
        }
        if let trouble = tree.trouble {
            return job.targets.map { KnownMeasurement($0, failure: trouble) }
        }
        var readings: [KnownMeasurement] = []
        var progress = JobProgress(job, events: events)
        for (package, targets) in packages where !job.deadline.hasPassed {
            readings += try await measure(
                targets, of: package, job: job, tree: tree, slot: slot, progress: &progress)
        }
        return readings
    }

    /// Fills a slot with a commit's files, with the pinned tests instead of the commit's own, and prepares them for
    /// a build.
    func checkout(
        _ commit: ObjectID, _ slot: SlotPool.Slot, pinning packages: [String], replacing files: [Replacement] = []
    ) async throws -> CheckedOut {
        await toolchain.endKeptBoxes(at: slot.scratch)
        var tree = try fill(slot, with: commit, pinning: packages, replacing: files)
        if tree.trouble == nil, let line = options.beforeBuild,
            let trouble = try await toolchain.prepare(line, in: tree.root)
        {
            tree.trouble = Failure(.checkout, "'\(line)' \(trouble)")
        }
        return tree
    }

    private func fill(
        _ slot: SlotPool.Slot, with commit: ObjectID, pinning packages: [String], replacing files: [Replacement]
    ) throws(GitError) -> CheckedOut {
        let repository = try Repository(discovering: self.repository)
        var worktree = try repository.worktree(slot: slot.number)
        try worktree.checkout(commit)
        if let pinnedTests {
            for package in packages { try repository.pin(package, testsOf: pinnedTests, in: worktree.path) }
        }
        var tree = CheckedOut(root: worktree.path, unfaithful: worktree.unfaithful)
        do {
            let repaired =
                try options.patch.map { patch throws(GitError) in try repository.applying(patch, to: commit) } ?? []
            if !repaired.isEmpty { try worktree.replace(repaired) }
        } catch  where error.code == .patch {
            tree.trouble = Failure(.checkout, error.message)
        }
        if !files.isEmpty { try worktree.replace(files) }
        if sandbox.hidesRepository { try worktree.hideRepository() }
        return tree
    }

    private func measure(
        _ targets: [Measurement.Target], of package: String, job: MeasurementJob, tree: CheckedOut, slot: SlotPool.Slot,
        progress: inout JobProgress
    ) async throws -> [KnownMeasurement] {
        let (build, root) = (buildOptions(slot, running: targets), tree.root)
        let known = try targets.compactMap { try recall($0, at: job.commit, recipe: recipe)?.state?.inputs }
        async let found =
            known.count == targets.count ? known[0] : inputs(of: package, at: job.commit, in: tree, build)
        let (binary, sanitized): (TestBinary, TestBinary?)
        switch try await binaries(job.commit, package, root: root, slot: slot, build) {
        case .built(let built): (binary, sanitized) = built
        case .failed(let failure):
            let all = try await found
            for _ in targets { progress.advance() }
            let decisive = all.map { toolchain.inputs(ofFailure: failure, package: package, in: root) ?? $0 }
            let state = try self.state(of: decisive, at: job.commit)
            return try targets.map {
                try keep(Measurement(target: $0, failure: failure), at: job.commit, state, tree, decisive)
            }
        }
        let inputs = try await found
        // What runs adds to what it depends on, and takes nothing away.
        if let failure = tree.failure(reading: inputs ?? .everything) {
            for _ in targets { progress.advance() }
            return targets.map { KnownMeasurement($0, failure: failure) }
        }
        var readings: [KnownMeasurement] = []
        for target in targets where !job.deadline.hasPassed {
            defer { progress.advance() }
            // The one before may have removed it.
            if !binary.hasFolder { _ = try await checkout(job.commit, slot, pinning: [package]) }
            // Rounds of our own are never added to imported ones.
            var reading = try recall(target, at: job.commit, recipe: recipe)
            let log = try AccessLog(at: "\(slot.output)/access.log")
            let before = reading?.state?.inputs
            let keepByLog = { (measurement: Measurement) in
                let all = inputs.map { inputs in
                    var all = log.adding(to: inputs, of: package, in: root)
                    if let before { all.formUnion(before) }
                    return all
                }
                return try self.keep(
                    measurement, at: job.commit, self.state(of: all, at: job.commit), tree, all)
            }
            var measurement = reading?.measurement ?? Measurement(target: target)
            if measurement.pair == nil && !measurement.hasFailed {
                measurement = try await calibrated(measurement, binary, accessLog: log)
                if measurement.hasFailed { reading = try keepByLog(measurement) }
            }
            while measurement.pair != nil, !job.isDone(by: measurement) {
                try await binary.addRound(
                    to: &measurement, cpu: options.cpu, output: slot.output, sanitized: sanitized,
                    accessLog: log)
                reading = try keepByLog(measurement)
            }
            if let reading { readings.append(reading) }
        }
        return readings
    }

    /// The test binary of a package at a commit: built now, or kept from before.
    func binary(
        _ commit: ObjectID, _ package: String, root: String, slot: SlotPool.Slot, _ build: BuildOptions,
        variant: String = ""
    ) async throws -> Toolchain.BuildOutcome {
        let key = BinaryStore.Key(commit: commit.description, package: package + variant, root: root)
        if let kept = await binaries.binary(key), kept.kinds.isSuperset(of: build.kinds) { return .built(kept) }
        let name = package.map { $0.isLetter || $0.isNumber ? $0 : "_" }
        let outcome = try await toolchain.build(
            package: package, in: root, to: "\(slot.scratch)/\(commit.short)-\(String(name))\(variant).test",
            options: build)
        if case .built(let binary) = outcome { await binaries.keep(binary, for: key) }
        return outcome
    }

    /// The binaries that a package is measured with.
    private enum Built {
        case built((measured: TestBinary, sanitized: TestBinary?))
        case failed(Failure)
    }

    private func binaries(
        _ commit: ObjectID, _ package: String, root: String, slot: SlotPool.Slot, _ build: BuildOptions
    ) async throws -> Built {
        switch try await binary(commit, package, root: root, slot: slot, build) {
        case .failed(let failure): return .failed(failure)
        case .built(let measured):
            guard options.sanitizesBeside else { return .built((measured, nil)) }
            var build = build
            build.sanitizer = options.sanitizer
            switch try await binary(commit, package, root: root, slot: slot, build, variant: "-sanitized") {
            case .failed(let failure): return .failed(failure)
            case .built(let sanitized): return .built((measured, sanitized))
            }
        }
    }

    private func keep(
        _ measurement: Measurement, at commit: ObjectID, _ state: MeasurementCache.InputState?, _ tree: CheckedOut,
        _ inputs: Inputs?
    ) throws -> KnownMeasurement {
        if let failure = tree.failure(reading: inputs ?? .everything) {
            return KnownMeasurement(measurement.target, failure: failure)
        }
        try cache.store(measurement, at: commit.description, recipe: recipe, state: state)
        return KnownMeasurement(measurement: measurement, state: state, isNew: true)
    }

    func buildOptions(_ slot: SlotPool.Slot, running targets: [Measurement.Target]) -> BuildOptions {
        buildOptions(slot, running: Set(targets.map { FunctionKind(of: $0.function) ?? .benchmark }))
    }

    /// How binaries are built that are measured.
    ///
    /// - Parameter kinds: What they are to run.
    func buildOptions(_ slot: SlotPool.Slot, running kinds: Set<FunctionKind>) -> BuildOptions {
        BuildOptions(
            tags: options.tags, gcflags: options.gcflags, sanitizer: options.measuredSanitizer, overlay: probe.overlay,
            idle: probe.idle, kinds: kinds,
            // Go's linker reads paths by the line. A whole box has a /tmp of its own.
            temporaryDirectory: slot.scratch.contains(where: \.isNewline) ? "/tmp" : slot.scratch + "/tmp")
    }

    /// What Go reads to build a package; nil if that is not needed.
    func inputs(
        of package: String, at commit: ObjectID, in tree: CheckedOut, _ build: BuildOptions
    ) async throws -> Inputs? {
        guard usesInputClasses || !tree.unfaithful.isEmpty else { return nil }
        // What nobody logs may read anything, also what could not be checked out.
        guard logsAllReads else { return .everything }
        let listings = await built.listings(of: package)
        if let known = listings.first(where: { $0.commit == commit }) { return known.inputs }
        // What could not be checked out, patches, and what prepares a tree give it other imports than the commit's.
        let isFaithful = tree.unfaithful.isEmpty
        if isFaithful, options.patch == nil, options.beforeBuild == nil, !listings.isEmpty {
            let repository = try Repository(discovering: repository)
            let same = listings.first { place, inputs in
                // Where a partial clone lacks a file, Go is asked.
                let agree = try? repository.agree(place, commit, over: TreeSelection(inputs)) { path, old, new in
                    inputs.stand(after: path, of: package, from: old, to: new)
                }
                return agree == true
            }
            if let same { return same.inputs }
        }
        let inputs = try await toolchain.inputs(ofPackage: package, in: tree.root, options: build)
        if isFaithful { await built.keep(inputs, of: package, at: commit) }
        return inputs
    }

    private func state(of inputs: Inputs?, at commit: ObjectID) throws -> MeasurementCache.InputState? {
        guard usesInputClasses, let inputs else { return nil }
        let digest = try Repository(discovering: repository).digests(of: [commit], over: TreeSelection(inputs))[0]
        return MeasurementCache.InputState(inputs: inputs, digest: digest.description)
    }
}

extension Measurement {
    /// Whether it gave nothing, and would give nothing again.
    package var hasFailed: Bool { rounds.isEmpty && failure != nil }
}

extension GitError {
    /// Whether it is the commit that cannot be checked out, and not the machine that fails.
    package var concernsCommit: Bool {
        [.missingObject, .partialClone, .damagedObject, .impossibleTree].contains(code)
    }
}
