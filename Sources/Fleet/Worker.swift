import Benchmarks
import Git
import GoToolchain
import Measuring

import struct Foundation.Data
import class Foundation.FileManager
import class Foundation.JSONDecoder
import struct Foundation.URL

/// Measures jobs that come from another machine, in a mirror of the repository with slots and a results cache of its own.
///
/// Nothing that it says counts but its records, and those only where the machine measures like the one that asks, which is
/// why each job names something that was measured there.
package struct Worker: Sendable {
    /// The folder with the mirrors. What another machine keeps there is apart.
    let folder: String
    let environment: [String: String]
    /// Our own program, for the box that it makes by itself; nil where there is none.
    let launcher: String?
    /// The go command's path or name; nil for the one on PATH.
    let go: String?

    /// Creates a worker that keeps everything below a folder, in one of this machine's name.
    package init(folder: String, environment: [String: String], launcher: String?, go: String?) {
        self.folder = "\(folder)/\(Machine.name.filter { $0 != "/" })"
        (self.environment, self.launcher, self.go) = (environment, launcher, go)
    }

    /// Where mirrors are kept unless somebody says otherwise: where the user's caches are.
    package static func usualFolder(_ environment: [String: String]) -> String {
        let caches = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (caches ?? (environment["HOME"] ?? "/tmp") + "/.cache") + "/allocbisect/mirrors"
    }

    /// Makes the mirror of a session.
    ///
    /// - Throws: `CoreError` when the session is of another version; `GitError` when nothing can be kept.
    func mirror(of session: WorkerSession) throws -> Mirror {
        guard session.version == WorkerSession.currentVersion else {
            throw CoreError(
                .usage,
                "This allocbisect (\(WorkerSession.currentVersion)) and the one that sent the job (\(session.version)) "
                    + "have different versions. Install the same version on both machines.")
        }
        let name = session.repository
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw CoreError(.usage, "'\(name)' is not a valid mirror name.")
        }
        return try Mirror(at: "\(folder)/\(name)", source: session.source, settings: session.checkout)
    }

    /// Does some work with a measurer in a session's mirror.
    func measuring<Result: Sendable>(
        _ session: WorkerSession, in mirror: Mirror, _ work: @Sendable (Measurer) async throws -> Result
    ) async throws -> Result {
        var options = MeasuringOptions()
        try session.options.apply(to: &options)
        let named = session.go.flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil }
        (options.launcher, options.go, options.jobs) = (launcher, go ?? named, session.width)
        let environment = environment.filter { !Toolchain.isPortable($0.key) }.merging(session.settings) { $1 }
        return try await Measurer.with(
            Repository(discovering: mirror.path), options: options, environment: environment, events: { _ in }, work)
    }

    /// Measures what a job wants, or recalls it from an earlier one.
    ///
    /// - Returns: What is known afterwards of all that it names, in its order.
    /// - Throws: When it is the machine that fails, or when the mirror does not have what the job's sender has.
    func measure(_ job: WorkerJob, with measurer: Measurer) async throws -> [MeasurementRecord] {
        var records: [MeasurementRecord] = []
        for part in job.parts {
            let commit = try commit(of: part, in: measurer.repository)
            var repeats: [Measurement.Target: Int] = [:]
            for target in part.targets {
                if let pair = target.pair { try measurer.insist(on: pair, for: target.target) }
                repeats[target.target] = target.rounds
            }
            let part = MeasurementJob(
                commit: commit, targets: part.targets.map(\.target), purpose: "for another machine", minimumRounds: 1,
                repeats: repeats)
            records += try await measurer.measure(part).map { measurer.record(of: $0, at: commit) }
        }
        return records
    }

    private func commit(of part: WorkerJob.Part, in mirror: String) throws -> ObjectID {
        guard let id = ObjectID(part.commit) else {
            throw CoreError(.usage, "'\(part.commit)' is not a commit id.")
        }
        let commit = try Repository(discovering: mirror).commit(id)
        guard commit.tree.description == part.tree else {
            throw CoreError(
                .surroundings,
                "The commit \(id.short) has different files where the job comes from, since objects are replaced there "
                    + "(git replace). Measure it there.")
        }
        return id
    }
}

extension Worker {
    /// Measures the job in a file, and puts the answer beside it.
    ///
    /// - Throws: `CoreError` when the file is not a job, or the answer cannot be written. What goes wrong with the
    ///   job is an answer as well.
    package func run(_ file: String) async throws {
        let content: JobFile
        do {
            content = try JSONDecoder().decode(JobFile.self, from: Data(contentsOf: URL(filePath: file)))
        } catch {
            throw CoreError(.usage, "\(file) is not an allocbisect job file: \(error.localizedDescription)")
        }
        let answer = JobAnswer(of: file)
        // A queue may start a job again that is done.
        if answer.isThere { return }
        let beat = Task {
            var count = 0
            while true {
                try answer.beat(count)
                count += 1
                try await Task.sleep(for: Worker.beat)
            }
        }
        defer { beat.cancel() }
        do {
            let mirror = try mirror(of: content.session)
            let records = try await measuring(content.session, in: mirror) { measurer in
                try await measure(content.job, with: measurer)
            }
            try answer.publish(AnswerText.text(of: records))
        } catch let error where !(error is CancellationError) {
            try answer.fail("\(error)")
        }
    }

    /// How often a worker shows that it lives.
    static let beat = Duration.seconds(5)
}
