import AllocBisectCore
import Benchmarks
import Git
import GoToolchain
import Measuring
import Policy

import class Foundation.FileManager

extension HookRecorder {
    /// Measures the commit of an entry, tells what got worse on the way to it, and then measures those that were missed.
    ///
    /// - Throws: When it is not the commits that fail.
    func record(_ entry: QueueEntry) async throws {
        try checkSpace()
        var journal = HookJournal(state)
        let tries = UnendedTries(state)
        if let reason = setAside(.listing, entry.commit) {
            return try journal.add([HookRun(entry.commit, .setAside(reason: reason))])
        }
        let missed = try await tries.during(.listing, of: entry.commit) {
            try MissedCommits(entry, journal.runs, in: Repository(discovering: directory))
        }
        guard let newest = missed.commits.first else { return }
        let result = try await record(newest)
        var alerts: [HookAlert] = []
        if let base = missed.base, case .recorded = result { alerts = try await search(base, newest, tries) }
        let known = Set(journal.runs.flatMap(\.alerts).map(\.commit))
        for alert in alerts where !known.contains(alert.commit) { try await tell(alert) }
        if missed.commits.count > 1 {
            let reason = "the commits before it are still to be measured"
            try journal.add([HookRun(newest, .postponed(reason: reason), alerts)])
        }
        var runs: [HookRun] = []
        for commit in missed.commits.dropFirst() { runs.append(HookRun(commit, try await record(commit))) }
        try journal.add(runs.reversed() + [HookRun(newest, result, alerts)])
    }

    /// Leaves the last of the disk to the user: nobody waits for what is measured here, and git may be at work.
    private func checkSpace() throws {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: state.path)
        guard let free = attributes?[.systemFreeSize] as? Int, free < HookRecorder.minimumSpace else { return }
        throw CoreError(
            .surroundings,
            "\(state.path) has \(free >> 20) MiB of free space, and the recorder leaves "
                + "\(HookRecorder.minimumSpace >> 20) MiB free. Make room; the next merge or 'allocbisect hook run' continues."
        )
    }

    /// The free space on the disk that the recorder leaves alone, in bytes.
    private static let minimumSpace = 100 << 20

    private func record(_ commit: ObjectID) async throws -> HookRun.Result {
        if let reason = setAside(.measuring, commit) { return .setAside(reason: reason) }
        return try await UnendedTries(state).during(.measuring, of: commit) { try await measured(commit) }
    }

    /// Why a commit is not measured any more; nil as long as it is.
    private func setAside(_ step: UnendedTries.Step, _ commit: ObjectID) -> String? {
        guard UnendedTries(state).count(step, of: commit) >= UnendedTries.limit else { return nil }
        // What is settled needs no notes; where they cannot be written, they are only longer than they need be.
        try? UnendedTries(state).forget(step, of: commit)
        log.write("\(commit.short) is set aside")
        return "the recorder was killed \(UnendedTries.limit) times while measuring it; to see why, run: "
            + "allocbisect record \(commit.short)"
    }

    private func measured(_ commit: ObjectID) async throws -> HookRun.Result {
        do {
            var request = RecordRequest(revision: commit.description)
            request.measuring = options
            request.selection.kinds = try policy(at: commit).kinds
            let recording = try await engine.record(request)
            if let failure = recording.failures.map(\.failure).first(where: \.isTransient) {
                throw CoreError(.surroundings, "\(commit.short) could not be measured now: \(failure).")
            }
            if recording.rows.isEmpty, let failure = recording.failures.first?.failure {
                return .failed(reason: "\(failure)")
            }
            return .recorded(benchmarks: recording.rows.count)
        } catch let error where error.concernsCommit {
            return .failed(reason: "\(error)")
        }
    }

    /// What `allocbisect check --find` would find between two commits, with the policy that the bad one has in its tree.
    private func search(_ good: ObjectID, _ bad: ObjectID, _ tries: UnendedTries) async throws -> [HookAlert] {
        guard tries.count(.searching, of: bad) < UnendedTries.limit else {
            log.write(
                "\(good.short)..\(bad.short) is not searched: the recorder was killed \(UnendedTries.limit) times while it "
                    + "was at it; see what happens with: allocbisect \(good.short)..\(bad.short)")
            try tries.forget(.searching, of: bad)
            return []
        }
        return try await tries.during(.searching, of: bad) { try await searched(good, bad) }
    }

    private func searched(_ good: ObjectID, _ bad: ObjectID) async throws -> [HookAlert] {
        do {
            var request = CheckRequest(
                range: try RevisionRange("\(good)..\(bad)"), policy: try policy(at: bad), today: today)
            request.measuring = options
            request.minimumRounds = 1
            request.wantsSearch = true
            request.searchesWarnings = true
            request.wantsExplanations = false
            let check = try await engine.judge(request)
            check.warnings.forEach(log.write)
            for checked in check.series {
                guard case .unmeasurable(let reason) = checked.state else { continue }
                log.write("\(checked.benchmark.name) \(checked.metric) is not compared: \(reason)")
            }
            let repository = try Repository(discovering: directory)
            var alerts = try HookAlert.alerts(of: check) { (id) throws(GitError) in try repository.commit(id) }
            let line = try repository.walk(from: bad, excluding: [good], firstParent: true).map(\.id)
            for index in alerts.indices {
                try alerts[index].findMerge(along: line) { (commit, ancestor) throws(GitError) in
                    try repository.descends(commit, from: ancestor)
                }
            }
            return alerts
        } catch let error where error.concernsCommit {
            log.write("nothing to compare between \(good.short) and \(bad.short): \(error)")
            return []
        }
    }

    /// The policy that a commit has in its tree, or else the standard one: what nobody waits for must not fail for it.
    private func policy(at commit: ObjectID) throws(GitError) -> Policy {
        guard let file = try Repository(discovering: directory).file(Policy.fileName, at: commit) else {
            return Policy()
        }
        do {
            return try Policy(yaml: String(decoding: file, as: UTF8.self), file: "\(commit.short):\(Policy.fileName)")
        } catch {
            log.write("\(error) The default thresholds apply until then.")
            return Policy()
        }
    }

    /// Leaves a line for the next merge or command, and gives it to the user's own command.
    private func tell(_ alert: HookAlert) async throws {
        let line = wording(alert)
        log.write(line)
        try PendingAlerts(state).add(line)
        guard let command else { return }
        var variables = environment
        variables["ALLOCBISECT_ALERT"] = line
        variables["ALLOCBISECT_COMMIT"] = alert.commit.description
        let trouble = try? await UserCommand.run(
            command, argument: line, in: directory, environment: variables, time: .seconds(30))
        if let trouble { log.write("allocbisect.notify: the command \(trouble)") }
    }

    private var engine: Engine { Engine(directory: directory, environment: environment, events: show) }

    private func show(_ event: Event) {
        switch event {
        case .measuring(let commit, let purpose): log.write("measuring \(commit.short), \(purpose)")
        case .measured(let commit, let summary): log.write("\(commit.short): \(summary)")
        case .queued(let jobs, let reason): log.write("waiting for other machines (\(jobs) queued): \(reason)")
        case .workTree, .benchmarks, .explaining, .progress: break
        }
    }
}

extension Error {
    /// Whether it is a commit that cannot be measured, and not the machine that fails.
    fileprivate var concernsCommit: Bool {
        switch self {
        case let error as CoreError: [.nothingToMeasure, .olderGo].contains(error.code)
        case let error as GoError: error.code == .list
        // A commit that was queued long ago may be gone.
        case let error as GitError: error.concernsCommit || error.code == .unknownRevision
        default: false
        }
    }
}
